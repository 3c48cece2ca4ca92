// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.source.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The gate's own rules; that they meet PostgreSQL's is tested against a real one. */
class VisibilityGateTest {
    private int questions;
    private int confirmations;
    private boolean refused;
    private long now = Long.MAX_VALUE - 10;
    private long slowness;

    @Test
    void asksUntilTheSnapshotSeesEveryTransaction() throws InterruptedException {
        VisibilityGate gate = gate("10:12:10,11", "10:12:10", "10:12:10", "12:12:");

        gate.await(List.of(10L, 11L));

        assertThat(questions).isEqualTo(4);
    }

    @Test
    void asksNothingForTransactionsOlderThanAnyThatRan() throws InterruptedException {
        VisibilityGate gate = gate("20:25:20", "26:26:");
        gate.await(List.of(19L));
        assertThat(questions).isEqualTo(1);

        gate.await(List.of(17L, 18L, 19L));
        assertThat(questions).isEqualTo(1);

        gate.await(List.of(19L, 25L));
        assertThat(questions).isEqualTo(2);
    }

    /** A transaction 2^31 ids later looks older than all that ran then. */
    @Test
    void doesNotTrustASnapshotThatTransactionIdsMayHaveLapped() throws InterruptedException {
        VisibilityGate gate = gate("20:25:20", "2147483680:2147483680:");
        gate.await(List.of(19L));
        long lapped = 20 + (1L << 31) + 2;
        assertThat(Snapshot.parse("20:25:20").isBeforeAllRunning(lapped)).isTrue();

        now += Duration.ofSeconds(61).toNanos();
        gate.await(List.of(lapped));

        assertThat(questions).isEqualTo(2);
    }

    @Test
    void aSnapshotIsAsOldAsTheQuestionNotTheAnswer() throws InterruptedException {
        VisibilityGate gate = gate("20:25:20", "30:30:");
        slowness = Duration.ofSeconds(59).toNanos();
        gate.await(List.of(19L));

        now += Duration.ofSeconds(2).toNanos();
        gate.await(List.of(19L));

        assertThat(questions).isEqualTo(2);
    }

    @Test
    void confirmsOnceAfterItHasAsked() throws InterruptedException {
        VisibilityGate gate = gate("20:25:20", "26:26:");
        gate.await(List.of(19L));
        gate.await(List.of(25L));
        gate.confirmComplete();
        gate.confirmComplete();
        gate.await(List.of(19L));
        gate.confirmComplete();

        assertThat(questions).isEqualTo(2);
        assertThat(confirmations).isEqualTo(1);
    }

    @Test
    void confirmsAgainAfterAnotherSnapshot() throws InterruptedException {
        VisibilityGate gate = gate("20:25:20", "26:26:");
        gate.await(List.of(19L));
        gate.confirmComplete();
        gate.await(List.of(25L));
        gate.confirmComplete();

        assertThat(confirmations).isEqualTo(2);
    }

    @Test
    void whatCouldNotBeConfirmedIsNotConfirmedLater() throws InterruptedException {
        VisibilityGate gate = gate("20:25:20");
        gate.await(List.of(19L));
        refused = true;

        assertThatThrownBy(gate::confirmComplete).isInstanceOf(NotVisibleException.class);
        assertThatThrownBy(gate::confirmComplete).isInstanceOf(NotVisibleException.class);
    }

    @Test
    void failsWhenACommitStaysInvisible() {
        var gate = new VisibilityGate(() -> Snapshot.parse("10:12:10"), Duration.ofMillis(20));

        assertThatThrownBy(() -> gate.await(List.of(10L)))
                .isInstanceOf(NotVisibleException.class)
                .hasMessageContaining("transaction 10");
    }

    @Test
    void failsWhenTheDatabaseCannotBeAsked() {
        var gate = new VisibilityGate(
                () -> {
                    throw new SourceException(new IOException("gone"));
                },
                Duration.ofMinutes(1));

        assertThatThrownBy(() -> gate.await(List.of(10L)))
                .isInstanceOf(NotVisibleException.class)
                .hasRootCauseInstanceOf(IOException.class);
    }

    private VisibilityGate gate(String... snapshots) {
        Deque<String> answers = new ArrayDeque<>(Arrays.asList(snapshots));
        return new VisibilityGate(
                new SnapshotSource() {
                    @Override
                    public Snapshot current() {
                        questions++;
                        now += slowness;
                        return Snapshot.parse(answers.remove());
                    }

                    @Override
                    public void confirmComplete() {
                        confirmations++;
                        if (refused) {
                            throw new SourceException(new IOException("refused"));
                        }
                    }
                },
                Duration.ofMinutes(10),
                () -> now);
    }
}
