// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says that there is no table of a name, and which one may have been meant. */
public final class NamedTables {
    private static final int FEW = 8;

    private NamedTables() {}

    /** @param tables those that there are */
    public static String unknown(TableName name, List<TableName> tables) {
        return "there is no table " + name + " in the database"
                + meant(name, tables)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElseGet(() -> few(tables));
    }

    /** One of that name in another schema, or else one whose name is much like it. */
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
