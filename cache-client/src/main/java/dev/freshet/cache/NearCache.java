// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.protocol.EntryFormat;
import java.util.function.Consumer;

/** A cache in memory in front of Redis, if there is one. Thread-safe. */
interface NearCache extends AutoCloseable {
    /** No near cache. */
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

    /** The value in memory, if it is known to be fresh enough while Redis is reachable; else null. */
    CacheResult beforeRedis(String name, Consistency consistency);

    /** The value in memory, if it may be used although Redis did not answer; else null. */
    CacheResult withoutRedis(String name, Consistency consistency);

    /** The request to send to Redis so that its reply can be kept. */
    BeginRequest asking(String name);

    /** Keeps the reply of Redis, which came on the connection of the request. */
    void keep(BeginRequest asking, EntryKey key, EntryFormat entry, CacheResult value);

    @Override
    void close();
}
