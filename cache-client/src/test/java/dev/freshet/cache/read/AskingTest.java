// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.kept.KeptSettings;
import dev.freshet.cache.kept.KeptValues;
import dev.freshet.cache.load.CacheMetrics;
import dev.freshet.cache.near.NearCache;
import dev.freshet.cache.near.NearValue;
import dev.freshet.cache.store.BeginRequest;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AskingTest {
    private static final Duration PROVED_AGO = Duration.ofMinutes(1);
    private static final EntryAddress ENTRY = new EntryAddress(Isolate.SHARED, "ctx:{~}:task:42:own");

    private final KeptValues kept = new KeptValues(new KeptSettings(Duration.ofHours(1), 1 << 20), System::nanoTime);

    /** Whatever evicted it may have done so right after the proof. */
    @Test
    void whatMemoryAnswersIsKeptAsOfItsProof() {
        var near = new Near(System.nanoTime() - PROVED_AGO.toNanos());
        var asking =
                new Asking(null, null, near, kept, null, new CacheMetrics(new SimpleMeterRegistry(), List.of("near")));
        assertThat(asking.inMemory(ENTRY, Demand.NONE).status()).isEqualTo(ReadStatus.NEAR);
        assertThat(kept.find(ENTRY).orElseThrow().age()).isGreaterThanOrEqualTo(PROVED_AGO);
    }

    /** Has every entry. */
    private record Near(long rightAt) implements NearCache {
        @Override
        public void start(Consumer<byte[]> changed) {}

        @Override
        public Found beforeRedis(EntryAddress entry, Demand demand) {
            return new Found(new NearValue(new byte[] {'1'}, null, null), rightAt);
        }

        @Override
        public Found withoutRedis(EntryAddress entry, Demand demand) {
            return beforeRedis(entry, demand);
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
    }
}
