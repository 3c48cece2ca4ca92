// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What memory may still be used for after what was heard, and for how long it is proved. */
class InvalidationClockTest {
    private static final String NAME = "ctx:{u1}:task:42:own";
    private static final NearValue VALUE = new NearValue(new byte[] {'1'}, null, null);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final InvalidationClock notices = NearEntries.notices(1 << 20);
    private final NearEntries entries = new NearEntries(new CacheKeys("ctx"), notices, 1 << 20, Duration.ofMinutes(1));

    @Test
    void aNoticeBeforeTheQuestionDoesNotMatter() {
        heard(NAME);
        keep(notices.now());
        assertThat(entries.get(NAME)).isSameAs(VALUE);
    }

    @Test
    void aNoticeBetweenTheQuestionAndTheKeepingEndsIt() {
        for (var changed : List.of(NAME, "ctx:{u1}:~tag:task:42", "ctx:{u1}:~tag:branch:7/inherited")) {
            long moment = notices.now();
            heard(changed);
            keep(moment);
            assertThat(entries.get(NAME)).as(changed).isNull();
        }
    }

    @Test
    void aNoticeAfterTheKeepingEndsIt() {
        for (var changed : List.of(NAME, "ctx:{u1}:~tag:task:42", "ctx:{u1}:~tag:branch:7/inherited")) {
            keep(notices.now());
            assertThat(entries.get(NAME)).isSameAs(VALUE);
            heard(changed);
            assertThat(entries.get(NAME)).as(changed).isNull();
        }
    }

    @Test
    void aNoticeOfAllEndsEverythingAskedForBefore() {
        long moment = notices.now();
        keep(moment);
        notices.everything();
        assertThat(entries.get(NAME)).isNull();
        keep(moment);
        assertThat(entries.get(NAME)).isNull();
        keep(notices.now());
        assertThat(entries.get(NAME)).isSameAs(VALUE);
    }

    @Test
    void othersKeysSeldomMatter() {
        keep(notices.now());
        int lost = 0;
        for (int i = 0; i < 1000; i++) {
            heard("ctx:{u1}:task:" + (i + 1000) + ":own");
            if (entries.get(NAME) == null) {
                lost++;
                keep(notices.now());
            }
        }
        assertThat(lost).isLessThan(10);
    }

    @Test
    void aProofGrowsOld() {
        var proof = new FreshnessProof(1000, null, null, -1, 0);
        assertThat(proof.suffices(Demand.NONE, 1000 + SECOND.toNanos(), SECOND)).isTrue();
        assertThat(proof.suffices(Demand.NONE, 1001 + SECOND.toNanos(), SECOND)).isFalse();
        assertThat(proof.suffices(Demand.LOAD, 1000, SECOND)).isFalse();
        // As nanoTime() may overflow.
        var late = new FreshnessProof(Long.MAX_VALUE, null, null, -1, 0);
        assertThat(late.suffices(Demand.NONE, Long.MIN_VALUE + SECOND.toNanos(), SECOND))
                .isFalse();
    }

    @Test
    void aBoundCountsFromWhenThePositionHeld() {
        var bound = new Demand.MaxAge(Duration.ofMillis(500));
        var proof = new FreshnessProof(0, null, null, 300_000, 0);
        assertThat(proof.suffices(bound, Duration.ofMillis(200).toNanos(), SECOND))
                .isTrue();
        assertThat(proof.suffices(bound, Duration.ofMillis(200).toNanos() + 1, SECOND))
                .isFalse();
        assertThat(new FreshnessProof(0, null, null, -1, 0).suffices(bound, 0, SECOND))
                .isFalse();
    }

    @Test
    void aSessionCountsFromThePositionThatWasProved() {
        var session = new Demand.Reached(Lsn.parse("0/9"), null);
        assertThat(new FreshnessProof(0, Lsn.parse("0/9"), null, -1, 0).suffices(session, 0, SECOND))
                .isTrue();
        assertThat(new FreshnessProof(0, Lsn.parse("0/8"), null, -1, 0).suffices(session, 0, SECOND))
                .isFalse();
        assertThat(new FreshnessProof(0, null, null, -1, 0).suffices(session, 0, SECOND))
                .isFalse();
    }

    private void heard(String key) {
        notices.heard(key.getBytes(StandardCharsets.UTF_8));
    }

    private void keep(long moment) {
        entries.put(new EntryAddress(Isolate.of("u1"), NAME), VALUE, List.of("task:42", "branch:7/inherited"), moment);
    }
}
