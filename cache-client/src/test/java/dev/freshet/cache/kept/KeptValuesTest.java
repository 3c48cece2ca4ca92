// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.kept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.near.NearValue;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.protocol.Isolate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptValuesTest {
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final EntryAddress ENTRY = entry("u1");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final KeptValues kept = new KeptValues(new KeptSettings(MOST, 1000), nanos::get);

    @Test
    void aValueIsAsOldAsTheMomentBeforeItWasAskedFor() {
        long moment = kept.now();
        pass(Duration.ofSeconds(4));
        kept.keep(ENTRY, value("1"), moment);
        pass(Duration.ofSeconds(6));
        assertThat(kept.find(ENTRY)).get().extracting(KeptValues.Stale::age).isEqualTo(MOST);
        pass(Duration.ofNanos(1));
        assertThat(kept.find(ENTRY)).isEmpty();
    }

    @Test
    void theValueThatWasRightLastIsKept() {
        long first = kept.now();
        pass(Duration.ofSeconds(1));
        kept.keep(ENTRY, value("2"), kept.now());
        // Its load took longer.
        kept.keep(ENTRY, value("1"), first);
        assertThat(kept.find(ENTRY).orElseThrow().value().json()).asString().isEqualTo("2");
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 100; i++) {
            kept.keep(entry("u" + i), value("1"), kept.now());
        }
        long found = IntStream.range(0, 100)
                .filter(i -> kept.find(entry("u" + i)).isPresent())
                .count();
        assertThat(found).isBetween(1L, 10L);
    }

    @Test
    void whatIsForgottenIsNoAnswer() {
        kept.keep(ENTRY, value("1"), kept.now());
        kept.keep(entry("u2"), value("2"), kept.now());
        kept.forget(Isolate.of("u1"));
        assertThat(kept.find(ENTRY)).isEmpty();
        assertThat(kept.find(entry("u2"))).isPresent();
        kept.forget(entry("u2"));
        assertThat(kept.find(entry("u2"))).isEmpty();
    }

    /** As what a load brings that began before. */
    @Test
    void whatWasAskedForBeforeItsOwnerWasForgottenIsNoAnswerThoughItComesLater() {
        long before = kept.now();
        pass(Duration.ofNanos(1));
        kept.forget(Isolate.of("u1"));
        kept.keep(ENTRY, value("1"), before);
        kept.keep(entry("u2"), value("2"), before);
        assertThat(kept.find(ENTRY)).isEmpty();
        assertThat(kept.find(entry("u2"))).isPresent();
        pass(Duration.ofNanos(1));
        kept.keep(ENTRY, value("3"), kept.now());
        kept.keep(ENTRY, value("1"), before);
        assertThat(kept.find(ENTRY).orElseThrow().value().json()).asString().isEqualTo("3");
    }

    @Test
    void beyondSoManyOwnersAllAreForgotten() {
        var forgotten = new ForgottenOwners(2, nanos::get);
        long before = kept.now();
        pass(Duration.ofNanos(1));
        forgotten.forget(Isolate.of("a"));
        forgotten.forget(Isolate.of("b"));
        assertThat(forgotten.since(before, Isolate.of("c"))).isFalse();
        forgotten.forget(Isolate.of("c"));
        for (var owner : "abcd".split("")) {
            assertThat(forgotten.since(before, Isolate.of(owner))).isTrue();
        }
        pass(Duration.ofNanos(1));
        assertThat(forgotten.since(kept.now(), Isolate.of("a"))).isFalse();
    }

    private static EntryAddress entry(String owner) {
        return new EntryAddress(Isolate.of(owner), "ctx:{" + owner + "}:task:42:own");
    }

    private static NearValue value(String json) {
        return new NearValue(json.getBytes(StandardCharsets.UTF_8), null, null);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
