// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.condition.Condition.All;
import dev.freshet.model.mapping.condition.Condition.Any;
import dev.freshet.model.mapping.condition.Condition.Equal;
import dev.freshet.model.mapping.condition.Condition.IsNull;
import dev.freshet.model.mapping.condition.Condition.Less;
import dev.freshet.model.mapping.condition.Condition.Like;
import dev.freshet.model.mapping.condition.Condition.Not;
import dev.freshet.model.mapping.condition.Condition.Operand;
import dev.freshet.model.mapping.value.PrintedOrder;
import dev.freshet.postgres.connection.Sql;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The conditions of templates as SQL. Values are equal by their text, as everywhere in a mapping, and ordered by what it
 * says.
 */
final class ConditionSql {
    private final UnaryOperator<String> columns;

    private ConditionSql(UnaryOperator<String> columns) {
        this.columns = columns;
    }

    /** @param columns how a column is written */
    static String of(Condition condition, UnaryOperator<String> columns) {
        return new ConditionSql(columns).of(condition);
    }

    private String of(Condition condition) {
        if (condition instanceof Equal equal) {
            return of(equal.left()) + " = " + of(equal.right());
        } else if (condition instanceof Less less) {
            return ordered(less.left()) + " < " + ordered(less.right());
        } else if (condition instanceof Like like) {
            return columns.apply(like.column()) + "::text LIKE "
                    + Sql.literal(like.pattern().toString());
        } else if (condition instanceof IsNull isNull) {
            return columns.apply(isNull.column()) + " IS NULL";
        } else if (condition instanceof Not not) {
            return "NOT (" + of(not.condition()) + ")";
        } else if (condition instanceof All all) {
            return joined(all.conditions(), " AND ", "true");
        }
        return joined(((Any) condition).conditions(), " OR ", "false");
    }

    private String of(Operand operand) {
        return operand.isColumn() ? columns.apply(operand.column()) + "::text" : Sql.literal(operand.literal());
    }

    /** By its value: a number as it is, another literal as one of the column's type. */
    private String ordered(Operand operand) {
        if (operand.isColumn()) {
            return columns.apply(operand.column());
        }
        return PrintedOrder.isNumber(operand.literal()) ? operand.literal() : Sql.literal(operand.literal());
    }

    private String joined(List<Condition> conditions, String by, String ifNone) {
        return conditions.isEmpty()
                ? ifNone
                : conditions.stream().map(this::of).collect(Collectors.joining(by, "(", ")"));
    }
}
