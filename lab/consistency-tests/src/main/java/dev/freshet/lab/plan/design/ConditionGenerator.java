// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.design;

import dev.freshet.lab.plan.design.Design.Column;
import dev.freshet.lab.plan.design.Design.Table;
import java.util.List;
import java.util.Random;

/** Generates conditions on the columns of a table. */
final class ConditionGenerator {
    /** Texts are compared with it, most of which are no time: then the order cannot be told. */
    static final String TIME = "'2024-06-30 00:00:00+00'";

    private static final int DEEPEST = 3;
    private static final List<String> TEXTS = List.of("'a'", "'b'", "'A'", "''");
    private static final List<String> NUMBERS = List.of("1", "2", "3", "'4'");
    private static final List<String> ORDERED = List.of("1", "2", "2.5", "'3'", "-1");
    private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");
    /** A backslash is written twice in the double quotes of YAML. */
    private static final List<String> PATTERNS = List.of("'a%'", "'%'", "'_'", "'%:_*'", "'_%_'", "'x\\\\:%\\\\*'");

    private final Random random;

    ConditionGenerator(Random random) {
        this.random = random;
    }

    String of(Table table) {
        return any(table, 1);
    }

    private String any(Table table, int depth) {
        if (depth == DEEPEST || random.nextInt(2) == 0) {
            return test(table);
        }
        return switch (random.nextInt(3)) {
            case 0 -> "not (" + any(table, depth + 1) + ")";
            case 1 -> "(" + any(table, depth + 1) + " or " + any(table, depth + 1) + ")";
            default -> any(table, depth + 1) + " and " + any(table, depth + 1);
        };
    }

    private String test(Table table) {
        Column column = pick(table.columns());
        String literal = pick(column.text() ? TEXTS : NUMBERS);
        return switch (random.nextInt(8)) {
            case 0 -> column.name() + " is null";
            case 1 -> column.name() + " is not null";
            case 2 -> column.name() + " <> " + literal;
            case 3 -> column.name() + " not in (" + literal + ", " + pick(column.text() ? TEXTS : NUMBERS) + ")";
            case 4 -> column.name() + " = " + like(column, table);
            case 5, 6 -> column.text() ? pattern(column) : order(column, table);
            default -> column.name() + " = " + literal;
        };
    }

    private String pattern(Column column) {
        return random.nextInt(12) == 0
                ? column.name() + " " + pick(ORDERS) + " " + TIME
                : column.name() + pick(List.of(" like ", " not like ")) + pick(PATTERNS);
    }

    private String order(Column column, Table table) {
        String other = random.nextInt(3) == 0 ? like(column, table) : pick(ORDERED);
        return random.nextInt(4) == 0
                ? other + " " + pick(ORDERS) + " " + column.name()
                : column.name() + " " + pick(ORDERS) + " " + other;
    }

    /** A column of the same kind. */
    private String like(Column column, Table table) {
        return pick(table.columns().stream()
                        .filter(other -> other.text() == column.text())
                        .toList())
                .name();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
