// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import dev.freshet.cache.store.BeginRequest;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.List;
import java.util.function.Consumer;

/** A cache in memory in front of Redis, if there is one. Thread-safe. */
public interface NearCache extends AutoCloseable {
    /**
     * A value in memory.
     *
     * @param rightAt {@link System#nanoTime()} at which it was right for certain: every change made before then was heard of
     */
    record Found(NearValue value, long rightAt) {}

    /** No near cache. */
    NearCache NONE = new NearCache() {
        @Override
        public void start(Consumer<byte[]> changed) {}

        @Override
        public Found beforeRedis(EntryAddress entry, Demand demand) {
            return null;
        }

        @Override
        public Found withoutRedis(EntryAddress entry, Demand demand) {
            return null;
        }

        @Override
        public BeginRequest asking(EntryAddress entry) {
            return BeginRequest.only(entry);
        }

        @Override
        public void keep(BeginRequest asking, EntryFormat entry, NearValue value) {}

        @Override
        public void forget(EntryAddress entry) {}

        @Override
        public void forget(Isolate isolate, List<Tag> tags) {}

        @Override
        public void close() {}
    };

    /** @param changed called with each key that changed in Redis; must not block */
    void start(Consumer<byte[]> changed);

    /** The value in memory, if it is known to be fresh enough while Redis is reachable; else null. */
    Found beforeRedis(EntryAddress entry, Demand demand);

    /** The value in memory, if it may be used although Redis did not answer; else null. */
    Found withoutRedis(EntryAddress entry, Demand demand);

    /** The request to send to Redis so that its reply can be kept. */
    BeginRequest asking(EntryAddress entry);

    /** Keeps the reply of Redis, which came on the connection of the request. */
    void keep(BeginRequest asking, EntryFormat entry, NearValue value);

    /** Does not answer with what is kept of an entry any more. */
    void forget(EntryAddress entry);

    /**
     * Does not answer any more with what was computed from one of these tags, and does not keep what was asked for until
     * now.
     */
    void forget(Isolate isolate, List<Tag> tags);

    @Override
    void close();
}
