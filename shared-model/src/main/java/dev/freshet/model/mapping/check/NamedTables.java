// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reports table names that do not exist or cannot be watched, and suggests the table that was meant. */
public final class NamedTables {
    private static final int FEW = 8;

    private NamedTables() {}

    /**
     * Why a name does not denote a table that can be watched; empty if it does.
     *
     * @param found what the catalogue has under that name
     */
    public static Optional<String> problem(TableName name, Optional<CatalogTable> found, Catalog catalog) {
        Optional<String> obstacle = catalog.obstacle(name);
        if (obstacle.isPresent()) {
            return obstacle.map(why -> name + " " + why);
        }
        return found.isEmpty()
                ? Optional.of(unknown(name, catalog.tables()))
                : found.get()
                        .partitionOf()
                        .map(parent ->
                                name + " is a partition of " + parent + "; expected the partitioned table itself");
    }

    /** The code of that problem. */
    public static DatabaseCode code(TableName name, Optional<CatalogTable> found, Catalog catalog) {
        return found.isEmpty() && catalog.obstacle(name).isEmpty() ? DatabaseCode.NO_TABLE : DatabaseCode.NOT_A_TABLE;
    }

    /** @param tables the tables that exist */
    private static String unknown(TableName name, List<TableName> tables) {
        return "there is no table " + name + " in the database"
                + meant(name, tables)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElseGet(() -> few(tables));
    }

    /** A table with that name in another schema, otherwise a table with a similar name. */
    private static Optional<String> meant(TableName name, List<TableName> tables) {
        return tables.stream()
                .filter(table -> table.table().equalsIgnoreCase(name.table()))
                .map(TableName::toString)
                .findFirst()
                .or(() -> Hint.nearest(
                        name.toString(),
                        tables.stream().map(TableName::toString).toList()));
    }

    private static String few(List<TableName> tables) {
        return tables.isEmpty() || tables.size() > FEW
                ? ""
                : "; there are " + tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
    }
}
