// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.function.Consumer;

/** Memory in front of Redis, if there is any. Thread-safe. */
interface Near extends AutoCloseable {
    /** No memory. */
    Near NONE = new Near() {
        @Override
        public void start(Consumer<byte[]> changed) {}

        @Override
        public CacheResult beforeRedis(String name, Consistency consistency) {
            return null;
        }

        @Override
        public CacheResult withoutRedis(String name, Consistency consistency) {
            return null;
        }

        @Override
        public long moment() {
            return 0;
        }

        @Override
        public void keep(String name, EntryKey key, EntryFormat entry, CacheResult value, long moment) {}

        @Override
        public void connected() {}

        @Override
        public void close() {}
    };

    /** @param changed called with each key that changed in Redis; must not block */
    void start(Consumer<byte[]> changed);

    /** What memory holds, if it is known to be fresh enough while Redis is there; else null. */
    CacheResult beforeRedis(String name, Consistency consistency);

    /** What memory holds, if it may be used although Redis did not answer; else null. */
    CacheResult withoutRedis(String name, Consistency consistency);

    /** To be taken before Redis is asked for what shall be kept. */
    long moment();

    /** Keeps what Redis answered. */
    void keep(String name, EntryKey key, EntryFormat entry, CacheResult value, long moment);

    /** Redis was connected to anew: nothing that was kept before is to be used any more. */
    void connected();

    @Override
    void close();
}
