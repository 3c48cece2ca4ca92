// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.protocol.Lsn;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionLogTest {
    private final EvictionLog log = new EvictionLog(4, new Lsn(100));

    @Test
    void remembersWhatCameAfterAPosition() {
        add("a");
        log.committed(new Lsn(110));
        add("b", "c");
        log.committed(new Lsn(120));
        assertThat(after(100)).containsExactly("a", "b", "c");
        assertThat(after(110)).containsExactly("b", "c");
        assertThat(after(119)).containsExactly("b", "c");
        assertThat(after(120)).isEmpty();
    }

    /** Evictions of a transaction that has not come to its end belong to a commit that is further. */
    @Test
    void whatIsOpenComesAfterEveryPosition() {
        add("a");
        log.committed(new Lsn(110));
        add("b");
        assertThat(after(110)).containsExactly("b");
        assertThat(after(Long.MAX_VALUE)).containsExactly("b");
    }

    @Test
    void knowsNothingFromBeforeItBegan() {
        assertThat(log.reachesBackTo(new Lsn(100))).isTrue();
        assertThat(log.reachesBackTo(new Lsn(99))).isFalse();
        assertThatThrownBy(() -> log.after(new Lsn(99))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void forgetsTheOldestTransactionsFirstAndTellsThat() {
        add("a", "b");
        log.committed(new Lsn(110));
        add("c", "d");
        log.committed(new Lsn(120));
        add("e");
        log.committed(new Lsn(130));
        assertThat(log.reachesBackTo(new Lsn(109))).isFalse();
        assertThat(after(110)).containsExactly("c", "d", "e");
    }

    @Test
    void aTransactionThatDoesNotFitIsNotRememberedInPart() {
        add("a");
        log.committed(new Lsn(110));
        add("b", "c", "d", "e", "f", "g");
        assertThat(log.reachesBackTo(new Lsn(110))).isFalse();
        assertThat(log.reachesBackTo(new Lsn(Long.MAX_VALUE))).isFalse();
        log.committed(new Lsn(120));
        assertThat(log.reachesBackTo(new Lsn(119))).isFalse();
        add("h");
        log.committed(new Lsn(130));
        assertThat(after(120)).containsExactly("h");
    }

    @Test
    void positionsAreUnsigned() {
        var far = new EvictionLog(4, new Lsn(-5));
        far.add(eviction("a"));
        far.committed(new Lsn(-3));
        assertThat(far.reachesBackTo(new Lsn(7))).isFalse();
        assertThat(far.after(new Lsn(-4))).hasSize(1);
        assertThat(far.after(new Lsn(-3))).isEmpty();
    }

    private void add(String... keys) {
        for (String key : keys) {
            log.add(eviction(key));
        }
    }

    private List<String> after(long lsn) {
        return log.after(new Lsn(lsn)).stream()
                .map(eviction -> ((Eviction.OfKey) eviction).key())
                .toList();
    }

    private static Eviction eviction(String key) {
        return new Eviction.OfKey(key, Reason.OWN, null);
    }
}
