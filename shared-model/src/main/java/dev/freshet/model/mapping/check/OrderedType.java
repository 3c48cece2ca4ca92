// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.mapping.check.CatalogTable.Column;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Types whose values are ordered as PostgreSQL does, without asking it. Values of one of these can be compared. */
enum OrderedType {
    NUMBER("3.5", "[+-]?[0-9]+(?:\\.[0-9]+)?", "int2", "int4", "int8", "numeric"),
    DATE("'2024-01-31'", Forms.DATE, "date"),
    TIMESTAMP("'2024-01-31 00:00:00'", Forms.DATE + "(?: " + Forms.TIME + ")?", "timestamp"),
    /** Without a zone, the session's would count. */
    TIMESTAMPTZ("'2024-01-31 00:00:00+00'", Forms.DATE + " " + Forms.TIME + Forms.ZONE, "timestamptz");

    /** Of literals. */
    private static final class Forms {
        static final String DATE = "[0-9]{4,7}-[0-9]{2}-[0-9]{2}";
        static final String TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,6})?";
        static final String ZONE = "[+-][0-9]{2}(?::?[0-9]{2})?";
    }

    static final String ALL = "smallint, int, bigint, numeric, date, timestamp or timestamptz";

    private final String example;
    private final Pattern literal;
    private final Set<String> types;

    OrderedType(String example, String literal, String... types) {
        this.example = example;
        this.literal = Pattern.compile(literal);
        this.types = Set.of(types);
    }

    /** Empty if the order of the column's values cannot be told from what is printed. */
    static Optional<OrderedType> of(Column column) {
        return Arrays.stream(values())
                .filter(type -> type.types.contains(column.type()))
                .findFirst();
    }

    /** Whether a literal can be compared with its values. */
    boolean takes(String text) {
        return literal.matcher(text).matches();
    }

    /** A literal that it takes. */
    String example() {
        return example;
    }
}
