// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentTransactionsTest {
    private final RecentTransactions recent = new RecentTransactions();

    @Test
    void whoWaitsIsAnsweredWithTheFirstOneAfterHisNumber() throws Exception {
        recent.add(transaction(1));
        var waiting = CompletableFuture.supplyAsync(() -> await(1, Duration.ofSeconds(30)));
        recent.add(transaction(2));
        assertThat(waiting.get(25, TimeUnit.SECONDS))
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

    private List<RecentTransaction> await(long number, Duration patience) {
        try {
            return recent.await(number, 10, patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static RecentTransaction transaction(long number) {
        return new RecentTransaction(
                number, number, number, 1, Instant.EPOCH, Instant.EPOCH, List.of(), List.of(), 0, 0);
    }
}
