// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The last transactions that changed rows, for those who watch. Thread-safe. */
public final class RecentTransactions {
    private static final int CAPACITY = 2_000;

    private final Deque<RecentTransaction> transactions = new ArrayDeque<>();

    synchronized void add(RecentTransaction transaction) {
        if (transactions.size() == CAPACITY) {
            transactions.removeFirst();
        }
        transactions.addLast(transaction);
        notifyAll();
    }

    /** Those with a greater number, oldest first, at most so many. */
    public synchronized List<RecentTransaction> after(long number, int limit) {
        return transactions.stream()
                .filter(t -> t.number() > number)
                .limit(limit)
                .toList();
    }

    /** As {@link #after(long, int)}, but where there is none yet, waits so long for one to come. */
    public synchronized List<RecentTransaction> await(long number, int limit, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            if (!transactions.isEmpty() && transactions.getLast().number() > number) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return after(number, limit);
    }

    /** The newest, oldest first, at most so many. */
    public synchronized List<RecentTransaction> last(int limit) {
        List<RecentTransaction> newest = new ArrayList<>();
        Iterator<RecentTransaction> back = transactions.descendingIterator();
        while (back.hasNext() && newest.size() < limit) {
            newest.add(0, back.next());
        }
        return newest;
    }
}
