// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.model.mapping.function.FunctionCall;
import java.util.List;

/** The functions of templates as SQL, as far as PostgreSQL computes the same. */
final class FunctionSql {
    private FunctionSql() {}

    static boolean has(FunctionCall function) {
        return switch (function.name()) {
            case "lower", "upper", "left", "md5" -> true;
            default -> false;
        };
    }

    /** The functions around a column, the first one innermost; the column itself if there are none. */
    static String apply(List<FunctionCall> functions, String column) {
        String sql = functions.isEmpty() ? column : column + "::text";
        for (FunctionCall function : functions) {
            sql = switch (function.name()) {
                case "lower", "upper" -> function.name() + "(" + sql + ")";
                case "left" ->
                    "left(" + sql + ", " + Integer.parseInt(function.arguments().get(0)) + ")";
                case "md5" -> "md5(convert_to(" + sql + ", 'UTF8'))";
                default -> throw new IllegalArgumentException("no SQL for " + function.name());
            };
        }
        return sql;
    }
}
