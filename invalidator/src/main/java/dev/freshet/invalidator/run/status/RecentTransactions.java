// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The last transactions that changed rows, for monitoring. All are remembered with their first changes and evictions.
 * Large ones are remembered with more of them as long as there is room. Thread-safe.
 */
public final class RecentTransactions {
    /** Number of changes, and of evictions, that are remembered as long as the transaction itself. */
    public static final int DETAILS = 20;

    private static final int CAPACITY = 2_000;
    private static final int ROOM = 50_000;
    private static final int PAGE = 10_000;

    private final int room;
    private final NavigableMap<Long, RecentTransaction> transactions = new TreeMap<>();
    /** The numbers of the transactions that are remembered with more details. */
    private final Deque<Long> large = new ArrayDeque<>();

    private int used;

    public RecentTransactions() {
        this(ROOM);
    }

    /** @param room maximum number of changes and evictions in all, beyond {@link #DETAILS} of each transaction */
    public RecentTransactions(int room) {
        this.room = room;
    }

    synchronized void add(RecentTransaction transaction) {
        if (transactions.size() == CAPACITY) {
            RecentTransaction oldest = transactions.pollFirstEntry().getValue();
            if (oldest.beyond(DETAILS) > 0) {
                large.removeFirst();
                used -= oldest.beyond(DETAILS);
            }
        }
        transactions.put(transaction.number(), transaction);
        if (transaction.beyond(DETAILS) > 0) {
            large.addLast(transaction.number());
            used += transaction.beyond(DETAILS);
        }
        while (used > room) {
            transactions.computeIfPresent(large.removeFirst(), (number, whole) -> {
                used -= whole.beyond(DETAILS);
                return whole.cutTo(DETAILS);
            });
        }
        notifyAll();
    }

    /**
     * The transactions with a greater number, oldest first, at most {@code limit}. If they are large, there are fewer,
     * but at least two if there are as many. So a caller that reads its last known transaction again still advances.
     */
    public synchronized List<RecentTransaction> after(long number, int limit) {
        var page = new ArrayList<RecentTransaction>();
        int details = 0;
        for (RecentTransaction next : transactions.tailMap(number, false).values()) {
            details += next.beyond(DETAILS);
            if (page.size() == limit || page.size() >= 2 && details > PAGE) {
                break;
            }
            page.add(next);
        }
        return page;
    }

    /**
     * Like {@link #after(long, int)}, but if there are none yet, waits for the next one for as long as {@code
     * patience}.
     */
    public synchronized List<RecentTransaction> await(long number, int limit, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            if (!transactions.isEmpty() && transactions.lastKey() > number) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return after(number, limit);
    }

    /** The number of the newest transaction; 0 if there is none. */
    public synchronized long newest() {
        return transactions.isEmpty() ? 0 : transactions.lastKey();
    }

    /** The newest transactions, oldest first, at most {@code limit}. */
    public synchronized List<RecentTransaction> last(int limit) {
        return reversed(
                transactions.descendingMap().values().stream().limit(limit).toList());
    }

    private static List<RecentTransaction> reversed(Collection<RecentTransaction> newestFirst) {
        var oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }
}
