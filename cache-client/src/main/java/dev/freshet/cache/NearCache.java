// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.protocol.EntryFormat;
import java.util.function.Consumer;

/** Memory in front of Redis, if there is any. Thread-safe. */
interface NearCache extends AutoCloseable {
    /** No memory. */
    NearCache NONE = new NearCache() {
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
        public BeginRequest asking(String name) {
            return BeginRequest.only(name);
        }

        @Override
        public void keep(BeginRequest asking, EntryKey key, EntryFormat entry, CacheResult value) {}

        @Override
        public void close() {}
    };

    /** @param changed called with each key that changed in Redis; must not block */
    void start(Consumer<byte[]> changed);

    /** What memory holds, if it is known to be fresh enough while Redis is there; else null. */
    CacheResult beforeRedis(String name, Consistency consistency);

    /** What memory holds, if it may be used although Redis did not answer; else null. */
    CacheResult withoutRedis(String name, Consistency consistency);

    /** How to ask Redis for what shall be kept. */
    BeginRequest asking(String name);

    /** Keeps what Redis answered, on the connection that it was to be asked on. */
    void keep(BeginRequest asking, EntryKey key, EntryFormat entry, CacheResult value);

    @Override
    void close();
}
