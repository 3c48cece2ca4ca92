// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The rows as they were before a transaction: what the database holds now, overlaid with the first old image of each
 * row that the transaction has touched so far, plus the old images of the {@link Lookback}. Keeps only tables that
 * joins look up, and only the columns that they need.
 */
public final class Overlay implements Relations {
    private final Relations now;
    private final Lookback lookback;
    private final Map<TableName, LookedUpTable> lookedUp;
    /** The tables of {@link #lookedUp} that the transaction touched. */
    private final Map<TableName, OldTable> tables = new HashMap<>();

    /** The map entry of a row by its id, and its place in the lookback's list. */
    private static final int ENTRY_BYTES = 60;

    private final long capacity;
    private long bytes;
    private boolean full;

    public Overlay(Relations now, Map<TableName, LookedUpTable> lookedUp, long capacity, Lookback lookback) {
        this.now = now;
        this.lookedUp = lookedUp;
        this.lookback = lookback;
        this.capacity = capacity;
    }

    /** A table that joins look up: the columns to keep, those of the id, and those that it is looked up by. */
    public record LookedUpTable(TableName name, Header kept, List<String> id, Iterable<List<String>> by) {}

    private static final class OldTable {
        private final LookedUpTable shape;
        /** By id; null for rows that did not exist. */
        private final Map<List<String>, Row> first = new HashMap<>();

        private final RowImages images;

        OldTable(LookedUpTable shape) {
            this.shape = shape;
            this.images = new RowImages(shape.by());
        }
    }

    /** Whether more rows were touched than the capacity allows. Then the old rows are no longer known. */
    public boolean isFull() {
        return full || lookback.isFull();
    }

    /** Whether this transaction touched more rows than fit beside those of the lookback. */
    boolean overflowed() {
        return full;
    }

    /** Whether nothing of what the transaction touched was kept, as no look-up needs it. */
    boolean isEmpty() {
        return bytes == 0;
    }

    /** Roughly how many bytes the kept rows take, here and later in the lookback. */
    long bytes() {
        return bytes;
    }

    /** Keeps the old image of a row, unless an older one is known. */
    public void remember(RowDelta delta) {
        LookedUpTable shape = lookedUp.get(delta.entity().table());
        if (shape == null || full) {
            return;
        }
        OldTable table = tables.computeIfAbsent(delta.entity().table(), t -> new OldTable(shape));
        if (table.first.containsKey(delta.id())) {
            return;
        }
        if (bytes + lookback.bytes() >= capacity) {
            full = true;
            tables.clear();
            return;
        }
        Row row = delta.before() == null ? null : delta.before().project(table.shape.kept());
        table.first.put(delta.id(), row);
        bytes += ENTRY_BYTES;
        if (row != null) {
            bytes += row.bytes() + 2L * table.images.add(row);
        }
    }

    /** The row before the transaction, or null if it did not exist. */
    public Row first(RowDelta delta) {
        OldTable table = tables.get(delta.entity().table());
        return table == null || !table.first.containsKey(delta.id()) ? delta.before() : table.first.get(delta.id());
    }

    /** Whether rows of a table were touched, by this transaction or one of the lookback. */
    public boolean touches(TableName table) {
        return touched(table) || lookback.touches(table);
    }

    /** Whether this transaction touched rows of a table. */
    private boolean touched(TableName table) {
        return tables.containsKey(table);
    }

    /**
     * Passes on the old images of the rows that the transaction touched, table by table; an empty list if all of them
     * were new.
     */
    void forEach(BiConsumer<LookedUpTable, List<Row>> table) {
        tables.values()
                .forEach(old -> table.accept(
                        old.shape,
                        old.first.values().stream().filter(Objects::nonNull).toList()));
    }

    /** Rows that are equal in all columns that joins need are found once. */
    @Override
    public void find(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
        if (!touches(table)) {
            now.find(table, columns, tuples, found);
            return;
        }
        LookedUpTable shape = lookedUp.get(table);
        OldTable old = tables.get(table);
        List<Set<Row>> images = new ArrayList<>(tuples.size());
        tuples.forEach(tuple -> images.add(images(old, table, columns, tuple)));
        now.find(table, columns, tuples, (tuple, row) -> {
            boolean gone = old != null && old.first.containsKey(row.get(shape.id()));
            if (!gone && !images.get(tuple).contains(row.project(shape.kept()))) {
                found.row(tuple, row);
            }
        });
        for (int i = 0; i < images.size(); i++) {
            for (Row row : images.get(i)) {
                found.row(i, row);
            }
        }
    }

    private Set<Row> images(OldTable old, TableName table, List<String> columns, List<String> tuple) {
        Set<Row> past = lookback.find(table, columns, tuple);
        Set<Row> own = old == null ? Set.of() : old.images.find(columns, tuple);
        if (past.isEmpty() || own.isEmpty()) {
            return past.isEmpty() ? own : past;
        }
        var all = new LinkedHashSet<>(own);
        all.addAll(past);
        return all;
    }
}
