// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a change stream, in memory: only the columns that planning reads, indexed by those that it looks up by.
 * One thread at a time.
 */
public final class MemoryRelations implements Relations {
    private final Map<TableName, Table> tables = new HashMap<>();

    /** @param reads what planning reads, by table */
    public MemoryRelations(Mapping mapping, Map<TableName, TableReads> reads) {
        for (EntityMapping entity : mapping.entities().values()) {
            tables.put(entity.table(), new Table(entity, reads.get(entity.table())));
        }
    }

    private static final class Table {
        private final EntityMapping entity;
        private final Header kept;
        private final Map<List<String>, Row> byId = new LinkedHashMap<>();
        private final RowImages byOthers;

        Table(EntityMapping entity, TableReads reads) {
            this.entity = entity;
            this.kept = Header.of(reads.columns());
            this.byOthers = new RowImages(reads.by().stream()
                    .filter(columns -> !columns.equals(entity.id()))
                    .toList());
        }

        void put(Row image) {
            Row old = byId.get(image.get(entity.id()));
            Row row = image.project(kept);
            row = old == null ? row : row.filledFrom(old);
            remove(image);
            byId.put(row.get(entity.id()), row);
            byOthers.add(row);
        }

        void remove(Row image) {
            Row row = byId.remove(image.get(entity.id()));
            if (row != null) {
                byOthers.remove(row);
            }
        }

        Collection<Row> find(List<String> columns, List<String> tuple) {
            if (columns.equals(entity.id())) {
                Row row = byId.get(tuple);
                return row == null ? List.of() : List.of(row);
            }
            return List.copyOf(byOthers.find(columns, tuple));
        }
    }

    /** Applies one change, or a row of a snapshot as a CREATE. Tables that the mapping does not contain are ignored. */
    public void apply(RowChange change) {
        Table table = tables.get(change.table());
        if (table == null) {
            return;
        }
        if (change.operation() == Operation.TRUNCATE) {
            table.byId.clear();
            table.byOthers.clear();
            return;
        }
        Row after = change.after();
        if (after != null && change.before() != null) {
            after = after.filledFrom(change.before());
        }
        if (change.before() != null
                && (after == null || !change.before().get(table.entity.id()).equals(after.get(table.entity.id())))) {
            table.remove(change.before());
        }
        if (after != null) {
            table.put(after);
        }
    }

    /** The row with this id as far as it is known, or null. */
    public Row row(TableName table, List<String> id) {
        Table known = tables.get(table);
        return known == null ? null : known.byId.get(id);
    }

    @Override
    public void find(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
        Table known = tables.get(table);
        for (int i = 0; i < tuples.size(); i++) {
            for (Row row : known.find(columns, tuples.get(i))) {
                found.row(i, row);
            }
        }
    }
}
