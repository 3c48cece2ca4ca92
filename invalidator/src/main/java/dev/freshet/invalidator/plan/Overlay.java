// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The world before a transaction: what the database holds now, overlaid with the first old image of each row that the
 * transaction has touched so far, and next to them the old images of the {@link Lookback}. Keeps only tables that joins
 * look up and only the columns they need.
 */
final class Overlay implements Relations {
    private final Relations now;
    private final Lookback lookback;
    private final Map<TableName, LookedUpTable> lookedUp;
    /** Those of them that the transaction touched. */
    private final Map<TableName, OldTable> tables = new HashMap<>();

    private final int capacity;
    private int size;
    private boolean full;

    Overlay(Relations now, Map<TableName, LookedUpTable> lookedUp, int capacity, Lookback lookback) {
        this.now = now;
        this.lookedUp = lookedUp;
        this.lookback = lookback;
        this.capacity = capacity;
    }

    /** A table that joins look up: the columns to keep, those of the id, and those it is asked by. */
    record LookedUpTable(Header kept, List<String> id, Iterable<List<String>> by) {}

    private static final class OldTable {
        private final LookedUpTable shape;
        /** By id; null for rows that were not there. */
        private final Map<List<String>, Row> first = new HashMap<>();

        private final Map<List<String>, Map<List<String>, List<Row>>> index = new HashMap<>();

        OldTable(LookedUpTable shape) {
            this.shape = shape;
            shape.by().forEach(columns -> index.put(columns, new HashMap<>()));
        }

        void add(Row row) {
            index.forEach((columns, rows) -> {
                List<String> tuple = row.get(columns);
                if (!tuple.contains(null)) {
                    rows.computeIfAbsent(tuple, t -> new ArrayList<>(1)).add(row);
                }
            });
        }
    }

    /** True if more rows were touched than may be kept: the old world cannot be told any more. */
    boolean isFull() {
        return full || lookback.isFull();
    }

    /** True if this transaction alone touched more rows than may be kept. */
    boolean overflowed() {
        return full;
    }

    /** True if it kept nothing of what the transaction touched, as no look-up needs it. */
    boolean isEmpty() {
        return size == 0;
    }

    /** How many touched rows it keeps, or kept before there were too many. */
    int size() {
        return size;
    }

    /** Remembers the old image of a row unless an older one is known. */
    void remember(RowDelta delta) {
        LookedUpTable shape = lookedUp.get(delta.entity().table());
        if (shape == null || full) {
            return;
        }
        OldTable table = tables.computeIfAbsent(delta.entity().table(), t -> new OldTable(shape));
        if (table.first.containsKey(delta.id())) {
            return;
        }
        if (size == capacity) {
            full = true;
            tables.clear();
            return;
        }
        size++;
        Row row = delta.before() == null ? null : delta.before().project(table.shape.kept());
        table.first.put(delta.id(), row);
        if (row != null) {
            table.add(row);
        }
    }

    /** The row before the transaction, or null if it was not there. */
    Row first(RowDelta delta) {
        OldTable table = tables.get(delta.entity().table());
        return table == null || !table.first.containsKey(delta.id()) ? delta.before() : table.first.get(delta.id());
    }

    /** Whether rows of a table were touched, by this transaction or one of the lookback. */
    boolean touches(TableName table) {
        return touched(table) || lookback.touches(table);
    }

    /** Whether this transaction touched rows of a table. */
    boolean touched(TableName table) {
        return tables.containsKey(table);
    }

    @Override
    public void find(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
        OldTable old = tables.get(table);
        if (old == null) {
            now.find(table, columns, tuples, found);
        } else {
            now.find(table, columns, tuples, (tuple, row) -> {
                if (!old.first.containsKey(row.get(old.shape.id()))) {
                    found.row(tuple, row);
                }
            });
            findOld(table, columns, tuples, found);
        }
        lookback.find(table, columns, tuples, found);
    }

    /** As {@link #find}, among the old images of this transaction alone. */
    void findOld(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
        if (!touched(table)) {
            return;
        }
        Map<List<String>, List<Row>> rows = tables.get(table).index.get(columns);
        for (int i = 0; i < tuples.size(); i++) {
            for (Row row : rows.getOrDefault(tuples.get(i), List.of())) {
                found.row(i, row);
            }
        }
    }
}
