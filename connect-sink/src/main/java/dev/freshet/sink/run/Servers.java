// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

import dev.freshet.core.cache.Cache;
import dev.freshet.sink.evict.Database;
import dev.freshet.sink.evict.OffsetLog;

/** What a task works with. */
public interface Servers extends AutoCloseable {
    /** Connects anew if the last connection was dropped. */
    Database database();

    /** The connection is of no use any more. */
    void dropDatabase();

    Cache cache();

    OffsetLog offsets();

    @Override
    void close();
}
