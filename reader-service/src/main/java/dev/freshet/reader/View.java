// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.cache.EntryKey;
import dev.freshet.cache.Loaded;
import dev.freshet.model.context.ContextId;
import dev.freshet.protocol.Isolate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Something that can be asked for and cached. What it loads must be covered by the tags that it loads it with. */
interface View {
    /** Who asks: sees only what is theirs, in the database as in the cache. */
    String user();

    /** What is asked for; it need not exist. */
    ContextId context();

    /** Names the view in the key. */
    String name();

    /** Computes it from one snapshot: in one query, and in a transaction that keeps its snapshot. */
    Loaded load(Handle handle);

    /** The validator of a value, without quotes. */
    String etag(byte[] json);

    /** Where it is cached. */
    default EntryKey key() {
        return EntryKey.of(
                Isolate.of(user()), context().level().label(), context().value(), name());
    }

    /** A query with the values of {@code :user} and {@code :id}. */
    default Query query(Handle handle, String sql) {
        var query = handle.createQuery(sql).bind("user", user());
        return Ids.isText(context().level())
                ? query.bind("id", context().value())
                : query.bind("id", context().number());
    }
}
