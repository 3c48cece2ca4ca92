// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

import java.time.Duration;
import java.util.List;

/**
 * What {@link DrainBench} measures.
 *
 * @param rows of the backlog
 * @param transactions rows of each transaction; one series of rounds for each number
 * @param smallHeap MiB of the heap of a further Freshet, which works off only the largest transactions
 * @param rounds how often each subject works off each backlog
 * @param warmUpRows of a backlog that is worked off before, and not counted; 0: none
 * @param patience how long one subject may take for one backlog
 * @param kafka whether the sink of Kafka Connect is measured, too
 */
public record DrainSettings(
        long rows,
        List<Long> transactions,
        int smallHeap,
        int rounds,
        long warmUpRows,
        Duration patience,
        boolean kafka) {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    public DrainSettings {
        if (rows < 1) {
            throw new IllegalArgumentException("--rows is " + rows + ", expected 1 or more");
        }
        if (smallHeap < 16) {
            throw new IllegalArgumentException("--heap is " + smallHeap + ", expected 16 or more");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ", expected 1 or more");
        }
        transactions = List.copyOf(transactions);
    }

    /** Transactions of one row, of 1,000 rows, and of all rows. */
    public static DrainSettings of(long rows, int smallHeap, int rounds) {
        var transactions =
                List.of(1L, Math.min(1_000L, rows), rows).stream().distinct().toList();
        return new DrainSettings(rows, transactions, smallHeap, rounds, rows / 10, PATIENCE, false);
    }

    /** The same with the sink of Kafka Connect. */
    public DrainSettings withKafka() {
        return new DrainSettings(rows, transactions, smallHeap, rounds, warmUpRows, patience, true);
    }

    /** The transactions of the backlog that the sink works off as well. To it they are all the same: it sees records. */
    long sinkTransactions() {
        return transactions.get(transactions.size() / 2);
    }
}
