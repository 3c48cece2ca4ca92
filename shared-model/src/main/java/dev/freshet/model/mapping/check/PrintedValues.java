// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.mapping.check.CatalogTable.Column;
import java.util.Map;
import java.util.Optional;

/** Tells whether equal values print alike. Tags, isolates and joins compare the text that PostgreSQL prints. */
final class PrintedValues {
    private static final String NUMBER = "bigint, or numeric with a scale, as numeric(10,0)";
    /** Types whose equal values may print differently, and what to use instead. */
    private static final Map<String, String> LOOSE = Map.of(
            "numeric", NUMBER,
            "float4", NUMBER,
            "float8", NUMBER,
            "interval", "bigint",
            "numrange", "int8range",
            "nummultirange", "int8multirange",
            "citext", "text with a deterministic collation");

    private PrintedValues() {}

    /** What to use instead, if equal values of the column may print differently. */
    static Optional<String> instead(Column column) {
        if (!column.deterministic()) {
            return Optional.of(column.typeName() + " with a deterministic collation");
        }
        return column.scale().isPresent() ? Optional.empty() : Optional.ofNullable(LOOSE.get(column.type()));
    }

    /** Whether equal values of the two columns print alike, provided that they do within each column. */
    static boolean alike(Column one, Column other) {
        return family(one).equals(family(other));
    }

    private static String family(Column column) {
        return switch (column.type()) {
            case "int2", "int4", "int8", "oid" -> number(0);
            case "numeric" -> number(Math.max(0, column.scale().orElse(0)));
            // Without char(n), whose comparisons ignore trailing blanks.
            case "text", "varchar", "name" -> "text";
            case "inet", "cidr" -> "inet";
            case "bit", "varbit" -> "bit";
            default -> column.type();
        };
    }

    private static String number(int decimals) {
        return "number with " + decimals + " decimals";
    }
}
