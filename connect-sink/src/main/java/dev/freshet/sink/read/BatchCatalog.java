// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.debezium.event.EventTables;
import dev.freshet.debezium.event.ReplicaIdentities;
import dev.freshet.debezium.event.ReplicaIdentity;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables of the database as they are now, each asked for once. For one batch: the next one may find others. */
final class BatchCatalog implements EventTables, ReplicaIdentities {
    private final Mapping mapping;
    private final Catalog catalog;
    private final Map<TableName, Optional<CatalogTable>> tables = new HashMap<>();
    private final Map<TableName, ReplicaIdentity> identities = new HashMap<>();

    BatchCatalog(Mapping mapping, Catalog catalog) {
        this.mapping = mapping;
        this.catalog = catalog;
    }

    /** A mapped table itself, also for a row of one of its partitions. */
    @Override
    public TableName resolve(String schema, String table) {
        var name = new TableName(schema.isEmpty() ? TableName.DEFAULT_SCHEMA : schema, table);
        return knows(name)
                ? name
                : table(name)
                        .flatMap(CatalogTable::partitionOf)
                        .filter(this::knows)
                        .orElse(name);
    }

    @Override
    public boolean knows(TableName table) {
        return mapping.entityOf(table).isPresent();
    }

    /** Whether it was dropped, detached and dropped, or renamed since. It may have been a partition of a mapped table. */
    boolean isGone(TableName table) {
        return table(table).isEmpty();
    }

    /** The columns that old images contain. Of a table that is gone no column is assumed. */
    @Override
    public ReplicaIdentity of(TableName table) {
        return identities.computeIfAbsent(
                table,
                name -> table(name)
                        .map(BatchCatalog::identity)
                        .orElse(new ReplicaIdentity(Optional.of(Set.of()), Set.of(), Set.of())));
    }

    private static ReplicaIdentity identity(CatalogTable table) {
        Set<String> common = null;
        var indexes = new HashSet<Set<String>>();
        for (CatalogTable stored : table.stored()) {
            stored.uniqueIndexes().forEach(index -> indexes.add(Set.copyOf(index.columns())));
            if (!stored.identity().full()) {
                Set<String> columns = stored.identity().columns();
                if (common == null) {
                    common = new HashSet<>(columns);
                } else {
                    common.retainAll(columns);
                }
            }
        }
        return new ReplicaIdentity(
                Optional.ofNullable(common), indexes, Set.copyOf(table.columns().keySet()));
    }

    /** A column as it is now; empty if there is none. */
    Optional<CatalogTable.Column> column(TableName table, String column) {
        return table(table).map(found -> found.columns().get(column));
    }

    private Optional<CatalogTable> table(TableName name) {
        return tables.computeIfAbsent(name, catalog::table);
    }
}
