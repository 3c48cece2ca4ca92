// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.context.ContextId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Something that can be requested and cached. Its tags must cover everything that it loads. */
interface View {
    /** The user who asks. They see only their own data, in the database and in the cache. */
    String user();

    /** The context that is asked for; it need not exist. */
    ContextId context();

    /** Names the view in the key. */
    String name();

    /** Computes the value from one snapshot: in one query, and in a transaction that keeps its snapshot. */
    Loaded<byte[]> load(Handle handle);

    /** The ETag of a value, without quotes. */
    String etag(byte[] json);

    /** The key under which it is cached. */
    default EntryKey<byte[]> key() {
        return CacheView.of(context().level().label(), name(), Codec.BYTES)
                .key(context().value())
                .ownedBy(user());
    }

    /** A query with {@code :user} and {@code :id} bound. */
    default Query query(Handle handle, String sql) {
        var query = handle.createQuery(sql).bind("user", user());
        return Ids.isText(context().level())
                ? query.bind("id", context().value())
                : query.bind("id", context().number());
    }
}
