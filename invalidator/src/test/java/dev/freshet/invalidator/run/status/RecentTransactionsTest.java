// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.stream.Operation;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("memory")
class RecentTransactionsTest {
    private final RecentTransactions recent = new RecentTransactions();

    @Test
    void whoWaitsIsAnsweredWithTheFirstOneAfterHisNumber() throws Exception {
        recent.add(transaction(1));
        var waiting = CompletableFuture.supplyAsync(() -> await(1, Duration.ofDays(1)));
        recent.add(transaction(2));
        assertThat(waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .extracting(RecentTransaction::number)
                .containsExactly(2L);
    }

    @Test
    void whatIsThereNeedsNoWaiting() throws Exception {
        recent.add(transaction(1));
        recent.add(transaction(2));
        assertThat(recent.await(0, 10, Duration.ofDays(1))).hasSize(2);
        assertThat(recent.await(0, 1, Duration.ofDays(1)))
                .extracting(RecentTransaction::number)
                .containsExactly(1L);
    }

    @Test
    void waitingEndsInVain() throws Exception {
        recent.add(transaction(1));
        assertThat(recent.await(1, 10, Duration.ofMillis(1))).isEmpty();
        assertThat(recent.await(1, 10, Duration.ZERO)).isEmpty();
    }

    @Test
    void ofTheOldestLargeOnesOnlyTheFirstDetailsAreKeptWhereRoomIsScarce() {
        var scarce = new RecentTransactions(1_200);
        scarce.add(large(1, 600));
        scarce.add(transaction(2));
        scarce.add(large(3, 600));
        assertThat(scarce.after(0, 10))
                .extracting(transaction -> transaction.changes().size())
                .containsExactly(600, 0, 600);
        scarce.add(large(4, 100));
        assertThat(scarce.after(0, 10))
                .extracting(transaction -> transaction.changes().size())
                .containsExactly(RecentTransactions.DETAILS, 0, 600, 100);
    }

    @Test
    void largeOnesAreHandedOverTwoAtATime() {
        for (int i = 1; i <= 3; i++) {
            recent.add(large(i, 9_000));
        }
        assertThat(recent.after(0, 10)).extracting(RecentTransaction::number).containsExactly(1L, 2L);
        assertThat(recent.after(1, 10)).extracting(RecentTransaction::number).containsExactly(2L, 3L);
    }

    @Test
    void theOldestIsForgottenFirst() {
        for (int i = 1; i <= 2_010; i++) {
            recent.add(large(i, 21));
        }
        assertThat(recent.after(0, 1)).extracting(RecentTransaction::number).containsExactly(11L);
        assertThat(recent.last(2)).extracting(RecentTransaction::number).containsExactly(2_009L, 2_010L);
    }

    private static RecentTransaction large(long number, int changes) {
        var change = new RecentTransaction.Change(TableName.of("t"), Operation.UPDATE, Map.of(), List.of());
        return new RecentTransaction(
                number,
                number,
                new Lsn(number),
                changes,
                Instant.EPOCH,
                Instant.EPOCH,
                Collections.nCopies(changes, change),
                List.of(),
                0,
                0,
                0);
    }

    private List<RecentTransaction> await(long number, Duration patience) {
        try {
            return recent.await(number, 10, patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static RecentTransaction transaction(long number) {
        return new RecentTransaction(
                number, number, new Lsn(number), 1, Instant.EPOCH, Instant.EPOCH, List.of(), List.of(), 0, 0, 0);
    }
}
