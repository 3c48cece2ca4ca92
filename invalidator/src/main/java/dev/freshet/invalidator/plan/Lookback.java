// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import dev.freshet.model.mapping.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The old images of transactions whose look-ups may have seen the work of later ones.
 *
 * <p>The stream lags behind the database: when a transaction is planned, the rows around it may already be as a later
 * transaction left them. Joined rows whose parts were changed by several such transactions are then found by the last of
 * them, if it still knows what the others changed. So a transaction's old images are kept until the stream has passed the
 * position that the database had reached when they were planned. Until then it must not be acknowledged either: after a
 * restart it has to come again together with the later ones. Not thread-safe.
 */
public final class Lookback {
    private final Deque<Past> past = new ArrayDeque<>();
    private final int capacity;
    private int size;
    private int overflowed;

    private static final class Past {
        private final Overlay rows;
        private final long before;
        private long until = Long.MAX_VALUE;

        Past(Overlay rows, long before) {
            this.rows = rows;
            this.before = before;
        }
    }

    /**
     * Starts with nothing.
     *
     * @param capacity how many rows are kept at most; past it the keys of joins are evicted by pattern
     */
    public Lookback(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Keeps a transaction that was planned.
     *
     * @param before the commit position of the transaction before it in the stream
     */
    void add(Overlay rows, long before) {
        if (!rows.isEmpty()) {
            past.addLast(new Past(rows, before));
            size += rows.size();
            overflowed += rows.overflowed() ? 1 : 0;
        }
    }

    /** Whether {@link #lookedUpAt} must be told before anything may be dropped. */
    public boolean isOpen() {
        return !past.isEmpty() && past.peekLast().until == Long.MAX_VALUE;
    }

    /** All look-ups so far were answered when the database's WAL had reached no more than this position. */
    public void lookedUpAt(long lsn) {
        var newestFirst = past.descendingIterator();
        while (newestFirst.hasNext()) {
            Past transaction = newestFirst.next();
            if (transaction.until != Long.MAX_VALUE) {
                return;
            }
            transaction.until = lsn;
        }
    }

    /** The stream has reached this position: no change that was committed before it will come any more. */
    public void reached(long lsn) {
        while (!past.isEmpty() && past.peekFirst().until <= lsn) {
            Overlay rows = past.removeFirst().rows;
            size -= rows.size();
            overflowed -= rows.overflowed() ? 1 : 0;
        }
    }

    /** Up to where the stream may be acknowledged, if everything up to {@code done} is evicted. */
    public long acknowledgeable(long done) {
        return past.isEmpty() ? done : past.peekFirst().before;
    }

    /** True if more rows would have to be kept than may be. */
    boolean isFull() {
        return size > capacity || overflowed > 0;
    }

    boolean touches(TableName table) {
        return past.stream().anyMatch(transaction -> transaction.rows.touched(table));
    }

    void find(TableName table, List<String> columns, List<List<String>> tuples, Relations.Found found) {
        past.forEach(transaction -> transaction.rows.findOld(table, columns, tuples, found));
    }
}
