// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.schema;

import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tables of a database at one moment. Immutable.
 *
 * @param database name of the database
 * @param byName the tables whose changes can be published, sorted: ordinary and partitioned ones, without partitions
 * @param foreignKeys the foreign keys of these tables
 * @param obstacles relations that cannot be mapped, sorted, and why: text that completes a sentence which starts with
 *     the name
 * @param existing all tables of the database, also those that were not asked for
 */
public record Schema(
        String database,
        Map<TableName, CatalogTable> byName,
        List<ForeignKey> foreignKeys,
        Map<TableName, String> obstacles,
        Set<TableName> existing)
        implements Catalog {

    public Schema {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
        foreignKeys = List.copyOf(foreignKeys);
        obstacles = Collections.unmodifiableMap(new TreeMap<>(obstacles));
        existing = Set.copyOf(existing);
    }

    @Override
    public Optional<CatalogTable> table(TableName name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Optional<String> obstacle(TableName name) {
        return Optional.ofNullable(obstacles.get(name));
    }

    @Override
    public List<TableName> tables() {
        return List.copyOf(byName.keySet());
    }

    /** The foreign keys of one table. */
    public List<ForeignKey> foreignKeysOf(TableName table) {
        return foreignKeys.stream().filter(key -> key.table().equals(table)).toList();
    }
}
