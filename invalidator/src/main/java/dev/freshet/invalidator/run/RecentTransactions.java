// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The last transactions that changed rows, for those who watch. Thread-safe. */
public final class RecentTransactions {
    private static final int CAPACITY = 2_000;

    private final Deque<RecentTransaction> transactions = new ArrayDeque<>();

    synchronized void add(RecentTransaction transaction) {
        if (transactions.size() == CAPACITY) {
            transactions.removeFirst();
        }
        transactions.addLast(transaction);
    }

    /** Those with a greater number, oldest first, at most so many. */
    public synchronized List<RecentTransaction> after(long number, int limit) {
        return transactions.stream()
                .filter(t -> t.number() > number)
                .limit(limit)
                .toList();
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
