// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import dev.freshet.core.plan.rows.Overlay.LookedUpTable;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The old images of transactions whose look-ups may have seen changes of later transactions.
 *
 * <p>The stream lags behind the database: when a transaction is planned, the rows around it may already be as a later
 * transaction left them. If several such transactions changed parts of the same joined rows, planning the last of them
 * finds the rows, provided that the old images of the others are still known. So a transaction's old images are kept
 * until the stream has passed the position that the database had reached when the transaction was planned. Until then
 * the transaction must not be acknowledged either: after a restart it must come again together with the later ones. Not
 * thread-safe.
 */
public final class Lookback {
    private final Deque<Past> past = new ArrayDeque<>();
    /** What all these transactions touched. */
    private final Map<TableName, PastTable> tables = new HashMap<>();

    private final long capacity;
    private long bytes;
    private int overflowed;

    private static final class Past {
        private final Map<TableName, List<Row>> rows = new HashMap<>();
        private final long bytes;
        private final boolean overflowed;
        private final Lsn before;
        private boolean dated;
        /** Its look-ups have seen nothing after this position. Set once it is {@link #dated}. */
        private Lsn until;

        Past(Overlay transaction, Lsn before) {
            this.bytes = transaction.overflowed() ? 0 : transaction.bytes();
            this.overflowed = transaction.overflowed();
            this.before = before;
        }

        /** Whether the stream has passed everything that its look-ups may have seen. */
        boolean passedBy(Lsn lsn) {
            return dated && !until.isAfter(lsn);
        }
    }

    /** The old images of a table, and how many transactions touched it. */
    private static final class PastTable {
        private final RowImages images;
        private int transactions;

        PastTable(LookedUpTable shape) {
            this.images = new RowImages(shape.by());
        }
    }

    /**
     * Creates an empty lookback.
     *
     * @param capacity roughly how many bytes the kept rows may take; beyond that, keys of joins are evicted by pattern
     */
    public Lookback(long capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds a transaction that was planned.
     *
     * @param before the commit position of the transaction before it in the stream
     */
    public void add(Overlay transaction, Lsn before) {
        if (transaction.isEmpty()) {
            return;
        }
        var added = new Past(transaction, before);
        past.addLast(added);
        bytes += added.bytes;
        overflowed += added.overflowed ? 1 : 0;
        transaction.forEach((shape, rows) -> {
            added.rows.put(shape.name(), rows);
            PastTable table = tables.computeIfAbsent(shape.name(), name -> new PastTable(shape));
            table.transactions++;
            rows.forEach(table.images::add);
        });
    }

    /** Whether the newest transactions still need a call of {@link #lookedUpAt} before they can be dropped. */
    public boolean isOpen() {
        return !past.isEmpty() && !past.peekLast().dated;
    }

    /** Records that all look-ups so far were answered when the database's WAL had not gone beyond this position. */
    public void lookedUpAt(Lsn lsn) {
        var newestFirst = past.descendingIterator();
        while (newestFirst.hasNext()) {
            Past transaction = newestFirst.next();
            if (transaction.dated) {
                return;
            }
            transaction.dated = true;
            transaction.until = lsn;
        }
    }

    /** Records that the stream has reached this position: no change that was committed before it will follow. */
    public void reached(Lsn lsn) {
        while (!past.isEmpty() && past.peekFirst().passedBy(lsn)) {
            Past passed = past.removeFirst();
            bytes -= passed.bytes;
            overflowed -= passed.overflowed ? 1 : 0;
            passed.rows.forEach((name, rows) -> {
                PastTable table = tables.get(name);
                table.transactions--;
                rows.forEach(table.images::remove);
            });
        }
    }

    /** Up to where the stream may be acknowledged, if everything up to {@code done} is evicted. */
    public Lsn acknowledgeable(Lsn done) {
        return past.isEmpty() ? done : past.peekFirst().before;
    }

    /** Whether more rows would have to be kept than the capacity allows. */
    boolean isFull() {
        return bytes > capacity || overflowed > 0;
    }

    /** Roughly how many bytes it takes. */
    long bytes() {
        return bytes;
    }

    boolean touches(TableName table) {
        return tables.containsKey(table) && tables.get(table).transactions > 0;
    }

    /** The distinct images of the table's rows in which the columns had these values. */
    Set<Row> find(TableName table, List<String> columns, List<String> tuple) {
        return touches(table) ? tables.get(table).images.find(columns, tuple) : Set.of();
    }
}
