// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.model.mapping.function.FunctionCall;
import dev.freshet.postgres.connection.Sql;
import java.util.List;
import java.util.stream.Collectors;

/** The functions of templates as SQL, as far as PostgreSQL computes the same. */
final class FunctionSql {
    private FunctionSql() {}

    static boolean has(FunctionCall function) {
        return switch (function.name()) {
            case "lower", "upper", "left", "md5", "replace", "split_part", "coalesce", "substring", "trim" -> true;
            default -> false;
        };
    }

    /** The functions around a column, the first one innermost; the column itself if there are none. */
    static String apply(List<FunctionCall> functions, String column) {
        String sql = functions.isEmpty() ? column : column + "::text";
        for (FunctionCall function : functions) {
            sql = switch (function.name()) {
                case "lower", "upper" -> function.name() + "(" + sql + ")";
                case "left", "substring" -> function.name() + "(" + sql + numbers(function.arguments()) + ")";
                case "replace", "coalesce" -> function.name() + "(" + sql + texts(function.arguments()) + ")";
                case "split_part" ->
                    "split_part(" + sql + texts(function.arguments().subList(0, 1))
                            + numbers(function.arguments().subList(1, 2)) + ")";
                case "trim" -> "btrim(" + sql + ")";
                case "md5" -> "md5(convert_to(" + sql + ", 'UTF8'))";
                default -> throw new IllegalArgumentException("no SQL for " + function.name());
            };
        }
        return sql;
    }

    private static String numbers(List<String> arguments) {
        return arguments.stream()
                .map(argument -> ", " + Integer.parseInt(argument))
                .collect(Collectors.joining());
    }

    private static String texts(List<String> arguments) {
        return arguments.stream().map(argument -> ", " + Sql.literal(argument)).collect(Collectors.joining());
    }
}
