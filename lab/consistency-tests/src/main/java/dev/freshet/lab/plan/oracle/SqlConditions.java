// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.oracle;

import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.condition.Condition.All;
import dev.freshet.model.mapping.condition.Condition.Any;
import dev.freshet.model.mapping.condition.Condition.Equal;
import dev.freshet.model.mapping.condition.Condition.IsNull;
import dev.freshet.model.mapping.condition.Condition.Not;
import dev.freshet.model.mapping.condition.Condition.Operand;
import java.util.List;
import java.util.Map;

/** Evaluates conditions on whole rows as SQL does; null stands for its unknown. */
final class SqlConditions {
    private SqlConditions() {}

    /** Whether a row would be found with WHERE. */
    static boolean holds(Condition condition, Map<String, String> row) {
        return Boolean.TRUE.equals(value(condition, row));
    }

    private static Boolean value(Condition condition, Map<String, String> row) {
        if (condition instanceof Not not) {
            Boolean value = value(not.condition(), row);
            return value == null ? null : !value;
        }
        if (condition instanceof All all) {
            return connected(all.conditions(), row, false);
        }
        if (condition instanceof Any any) {
            return connected(any.conditions(), row, true);
        }
        if (condition instanceof IsNull isNull) {
            return row.get(isNull.column()) == null;
        }
        String left = value(((Equal) condition).left(), row);
        String right = value(((Equal) condition).right(), row);
        return left == null || right == null ? null : left.equals(right);
    }

    /** The deciding value if one has it; otherwise unknown if one is unknown. */
    private static Boolean connected(List<Condition> conditions, Map<String, String> row, boolean deciding) {
        Boolean all = !deciding;
        for (Condition each : conditions) {
            Boolean value = value(each, row);
            if (value != null && value == deciding) {
                return deciding;
            }
            all = value == null ? null : all;
        }
        return all;
    }

    private static String value(Operand operand, Map<String, String> row) {
        return operand.isColumn() ? row.get(operand.column()) : operand.literal();
    }
}
