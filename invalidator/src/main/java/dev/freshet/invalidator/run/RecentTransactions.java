// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

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
 * The last transactions that changed rows, for those who watch. Of large ones much is remembered as long as there is room
 * for it, and then the first changes and evictions alone, as of all others. Thread-safe.
 */
public final class RecentTransactions {
    /** Of each transaction so many changes and evictions are remembered as long as the transaction is. */
    public static final int DETAILS = 20;

    private static final int CAPACITY = 2_000;
    private static final int ROOM = 50_000;
    private static final int PAGE = 10_000;

    private final int room;
    private final NavigableMap<Long, RecentTransaction> transactions = new TreeMap<>();
    /** Numbers of those of which more is remembered. */
    private final Deque<Long> large = new ArrayDeque<>();

    private int used;

    RecentTransactions() {
        this(ROOM);
    }

    /** @param room for changes and evictions beyond those that each transaction may have */
    RecentTransactions(int room) {
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
     * Those with a greater number, oldest first, at most so many. Fewer where they are large, but never fewer than two:
     * there are no more if none comes that is not known yet.
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

    /** As {@link #after(long, int)}, but where there is none yet, waits so long for one to come. */
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

    /** The newest, oldest first, at most so many. */
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
