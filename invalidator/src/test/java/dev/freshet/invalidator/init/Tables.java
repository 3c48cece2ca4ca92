// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.CatalogTable.Identity;
import dev.freshet.model.mapping.check.CatalogTable.UniqueIndex;
import dev.freshet.model.schema.ForeignKey;
import dev.freshet.model.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds schemas in memory. */
public final class Tables {
    private final Map<TableName, CatalogTable> tables = new LinkedHashMap<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();

    /** A table whose primary key is these columns, and which has more columns {@code name:type}, nullable ones with ?. */
    public Tables table(String name, List<String> primaryKey, String... columns) {
        return table(TableName.of(name), Set.copyOf(primaryKey), List.of(primaryKey), columns);
    }

    /** A table without primary key. */
    public Tables bare(String name, List<List<String>> uniqueKeys, String... columns) {
        return table(TableName.of(name), Set.of(), uniqueKeys, columns);
    }

    /** A table with unique keys, whose old rows the WAL has these columns of. */
    public Tables table(TableName name, Set<String> identity, List<List<String>> uniqueKeys, String... columns) {
        Map<String, Column> all = new LinkedHashMap<>();
        for (String column : columns) {
            int colon = column.lastIndexOf(':');
            String type = column.substring(colon + 1);
            all.put(column.substring(0, colon), new Column(type.replace("?", ""), type.endsWith("?")));
        }
        var indexes = new ArrayList<UniqueIndex>();
        for (List<String> key : uniqueKeys) {
            key.forEach(column -> all.putIfAbsent(column, new Column("int4", false)));
            indexes.add(new UniqueIndex(name.table() + "_" + indexes.size(), key, true));
        }
        tables.put(
                name, new CatalogTable(name, all, indexes, new Identity(false, identity), Optional.empty(), List.of()));
        return this;
    }

    public Tables foreignKey(String table, List<String> columns, String target, List<String> to) {
        return foreignKey(TableName.of(table), columns, TableName.of(target), to);
    }

    public Tables foreignKey(TableName table, List<String> columns, TableName target, List<String> to) {
        foreignKeys.add(new ForeignKey("fk" + foreignKeys.size(), table, columns, target, to));
        return this;
    }

    public Schema schema() {
        return new Schema("app", tables, foreignKeys, Map.of(), tables.keySet());
    }
}
