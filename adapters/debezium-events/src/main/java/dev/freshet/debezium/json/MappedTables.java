// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import dev.freshet.core.stream.Row;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.EventTables;
import dev.freshet.model.mapping.ColumnUse;
import dev.freshet.model.mapping.ColumnUses;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables of a mapping by their names in a stream, and the columns that their events must have. */
public final class MappedTables implements EventTables {
    private final Map<TableName, EntityMapping> entities = new HashMap<>();
    private final Map<TableName, Set<String>> needed = new HashMap<>();
    private final Map<String, TableName> byBareName = new HashMap<>();
    private final Map<TableName, TableName> partitions = new HashMap<>();

    /** @param partitions tables whose events count for another table, such as partitions for the partitioned table */
    public MappedTables(Mapping mapping, Map<TableName, TableName> partitions) {
        this.partitions.putAll(partitions);
        List<ColumnUse> uses = ColumnUses.of(mapping);
        for (EntityMapping entity : mapping.entities().values()) {
            entities.put(entity.table(), entity);
            byBareName.putIfAbsent(entity.table().table(), entity.table());
            var columns = new LinkedHashSet<>(entity.id());
            uses.stream()
                    .filter(use -> use.entity().equals(entity.name()))
                    .filter(use -> use.kind() != ColumnUse.Kind.IGNORED)
                    .forEach(use -> columns.add(use.column()));
            needed.put(entity.table(), columns);
        }
    }

    /** By its bare name, if the event names no schema. */
    @Override
    public TableName resolve(String schema, String table) {
        TableName name = schema.isEmpty()
                ? byBareName.getOrDefault(table, new TableName(TableName.DEFAULT_SCHEMA, table))
                : new TableName(schema, table);
        return partitions.getOrDefault(name, name);
    }

    @Override
    public boolean knows(TableName table) {
        return entities.containsKey(table);
    }

    public EntityMapping entity(TableName table) {
        return entities.get(table);
    }

    /**
     * Checks that a new image has every column that the mapping uses. A long id that was left out as unchanged may be
     * in the old image instead.
     */
    void requireColumns(TableName table, Row before, Row after) throws BadEventException {
        for (String column : needed.get(table)) {
            if (!after.has(column)) {
                throw new BadEventException("'after' of " + table + " lacks column '" + column
                        + "', which the mapping needs; it has " + after.columns());
            }
        }
        for (String column : entity(table).id()) {
            if (!after.knows(column) && (before == null || !before.knows(column))) {
                throw new BadEventException("'after' of " + table + " does not tell id column '" + column + "'");
            }
        }
    }

    /** Checks that an old image has the id of its row. */
    void requireId(TableName table, Row before) throws BadEventException {
        if (before == null) {
            throw new BadEventException(
                    "'before' of " + table + " is missing: expected the deleted row, or its id at least");
        }
        for (String column : entity(table).id()) {
            if (!before.knows(column)) {
                throw new BadEventException(
                        "'before' of " + table + " lacks id column '" + column + "'; it has " + before.columns());
            }
        }
    }
}
