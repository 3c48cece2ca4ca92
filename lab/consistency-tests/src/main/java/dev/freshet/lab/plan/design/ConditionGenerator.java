// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.design;

import dev.freshet.lab.plan.design.Design.Column;
import dev.freshet.lab.plan.design.Design.Table;
import java.util.List;
import java.util.Random;

/** Generates conditions on the columns of a table. */
final class ConditionGenerator {
    private static final int DEEPEST = 3;
    private static final List<String> TEXTS = List.of("'a'", "'b'", "'A'", "''");
    private static final List<String> NUMBERS = List.of("1", "2", "3", "'4'");

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
        return switch (random.nextInt(6)) {
            case 0 -> column.name() + " is null";
            case 1 -> column.name() + " is not null";
            case 2 -> column.name() + " <> " + literal;
            case 3 -> column.name() + " not in (" + literal + ", " + pick(column.text() ? TEXTS : NUMBERS) + ")";
            case 4 ->
                column.name() + " = "
                        + pick(table.columns().stream()
                                        .filter(other -> other.text() == column.text())
                                        .toList())
                                .name();
            default -> column.name() + " = " + literal;
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
