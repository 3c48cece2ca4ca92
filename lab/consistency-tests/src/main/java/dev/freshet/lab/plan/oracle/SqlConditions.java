// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.oracle;

import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.condition.Condition.All;
import dev.freshet.model.mapping.condition.Condition.Any;
import dev.freshet.model.mapping.condition.Condition.Equal;
import dev.freshet.model.mapping.condition.Condition.IsNull;
import dev.freshet.model.mapping.condition.Condition.Less;
import dev.freshet.model.mapping.condition.Condition.Like;
import dev.freshet.model.mapping.condition.Condition.Not;
import dev.freshet.model.mapping.condition.Condition.Operand;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** Evaluates conditions on whole rows as SQL does; null stands for its unknown. */
final class SqlConditions {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

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
        if (condition instanceof Like like) {
            String text = row.get(like.column());
            return text == null ? null : isLike(text, like.pattern().toString());
        }
        return condition instanceof Less less
                ? compared(less.left(), less.right(), row, SqlConditions::isLess)
                : compared(((Equal) condition).left(), ((Equal) condition).right(), row, String::equals);
    }

    private static Boolean compared(
            Operand left, Operand right, Map<String, String> row, BiPredicate<String, String> test) {
        String one = value(left, row);
        String other = value(right, row);
        return one == null || other == null ? null : test.test(one, other);
    }

    /** Numbers by their value. All else has an order, too, but one that the planner cannot always know. */
    private static boolean isLess(String one, String other) {
        return NUMBER.matcher(one).matches() && NUMBER.matcher(other).matches()
                ? Double.parseDouble(one) < Double.parseDouble(other)
                : one.compareTo(other) < 0;
    }

    private static boolean isLike(String text, String pattern) {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                case '\\' -> regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
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
