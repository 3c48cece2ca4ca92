// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.condition;

import dev.freshet.model.mapping.value.LikePattern;
import dev.freshet.model.mapping.value.PrintedOrder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A condition on a row. Immutable. Its text is canonical: it does not depend on the order in which conditions are
 * connected.
 */
public sealed interface Condition {
    /** Holds for every row. */
    Condition ALWAYS = new All(List.of());

    /** What the condition can be for a row. */
    Outcome outcome(ColumnValues row);

    /** The comparisons and null tests that it consists of. */
    List<Condition> tests();

    /** The columns that it is about. */
    default Set<String> columns() {
        return tests().stream().flatMap(test -> test.columns().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * A column or a literal.
     *
     * @param column null for a literal
     * @param literal null for a column
     */
    record Operand(String column, String literal) {
        /** The value of a column. */
        public static Operand column(String name) {
            return new Operand(name, null);
        }

        /** A value that is written in the condition. */
        public static Operand literal(String text) {
            return new Operand(null, text);
        }

        public boolean isColumn() {
            return column != null;
        }

        private boolean isKnown(ColumnValues row) {
            return !isColumn() || row.knows(column);
        }

        private boolean isNull(ColumnValues row) {
            return isColumn() && row.knows(column) && row.get(column) == null;
        }

        private String value(ColumnValues row) {
            return isColumn() ? row.get(column) : literal;
        }

        @Override
        public String toString() {
            return isColumn() ? '"' + column.replace("\"", "\"\"") + '"' : "'" + literal.replace("'", "''") + "'";
        }
    }

    /** Whether two values are the same text. Unknown if one of them is null. */
    record Equal(Operand left, Operand right) implements Condition {
        @Override
        public Outcome outcome(ColumnValues row) {
            return compared(left, right, row, (one, other) -> Outcome.of(one.equals(other)));
        }

        @Override
        public Set<String> columns() {
            return columnsOf(left, right);
        }

        @Override
        public List<Condition> tests() {
            return List.of(this);
        }

        @Override
        public String toString() {
            return Stream.of(left, right).map(Operand::toString).sorted().collect(Collectors.joining(" = "));
        }
    }

    /** Whether one value comes before another, as {@link PrintedOrder} tells. Unknown if one of them is null. */
    record Less(Operand left, Operand right) implements Condition {
        @Override
        public Outcome outcome(ColumnValues row) {
            return compared(
                    left,
                    right,
                    row,
                    (one, other) ->
                            PrintedOrder.isLess(one, other).map(Outcome::of).orElse(Outcome.EITHER));
        }

        @Override
        public Set<String> columns() {
            return columnsOf(left, right);
        }

        @Override
        public List<Condition> tests() {
            return List.of(this);
        }

        /** The opposite, as text. */
        private String atLeast() {
            return text(" >= ", " <= ");
        }

        /** A column comes first. */
        private String text(String sign, String mirrored) {
            return left.isColumn() ? left + sign + right : right + mirrored + left;
        }

        @Override
        public String toString() {
            return text(" < ", " > ");
        }
    }

    /** Whether the text of a column is like a pattern. Unknown if it is null. */
    record Like(String column, LikePattern pattern) implements Condition {
        @Override
        public Outcome outcome(ColumnValues row) {
            Operand text = Operand.column(column);
            return compared(text, text, row, (value, same) -> Outcome.of(pattern.matches(value)));
        }

        @Override
        public Set<String> columns() {
            return Set.of(column);
        }

        @Override
        public List<Condition> tests() {
            return List.of(this);
        }

        @Override
        public String toString() {
            return Operand.column(column) + " like " + Operand.literal(pattern.toString());
        }
    }

    /** Whether a column is null. */
    record IsNull(String column) implements Condition {
        @Override
        public Set<String> columns() {
            return Set.of(column);
        }

        @Override
        public Outcome outcome(ColumnValues row) {
            return row.knows(column) ? Outcome.of(row.get(column) == null) : Outcome.EITHER;
        }

        @Override
        public List<Condition> tests() {
            return List.of(this);
        }

        @Override
        public String toString() {
            return Operand.column(column) + " is null";
        }
    }

    /** The opposite; unknown stays unknown. */
    record Not(Condition condition) implements Condition {
        @Override
        public Outcome outcome(ColumnValues row) {
            return condition.outcome(row).not();
        }

        @Override
        public List<Condition> tests() {
            return condition.tests();
        }

        @Override
        public String toString() {
            return condition instanceof Less less ? less.atLeast() : "not (" + condition + ")";
        }
    }

    /** Connected by {@code and}; true if there are none. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Outcome outcome(ColumnValues row) {
            return Outcome.all(
                    conditions.stream().map(each -> each.outcome(row)).toList());
        }

        @Override
        public List<Condition> tests() {
            return conditions.stream().flatMap(each -> each.tests().stream()).toList();
        }

        @Override
        public String toString() {
            return joined(conditions, " and ");
        }
    }

    /** Connected by {@code or}; false if there are none. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Outcome outcome(ColumnValues row) {
            return Outcome.any(
                    conditions.stream().map(each -> each.outcome(row)).toList());
        }

        @Override
        public List<Condition> tests() {
            return conditions.stream().flatMap(each -> each.tests().stream()).toList();
        }

        @Override
        public String toString() {
            return joined(conditions, " or ");
        }
    }

    /** What a test of two values is: unknown if one of them is null, and anything if one of them is not known. */
    private static Outcome compared(
            Operand left, Operand right, ColumnValues row, BiFunction<String, String, Outcome> test) {
        if (left.isNull(row) || right.isNull(row)) {
            return Outcome.UNKNOWN;
        }
        return left.isKnown(row) && right.isKnown(row) ? test.apply(left.value(row), right.value(row)) : Outcome.ANY;
    }

    private static Set<String> columnsOf(Operand left, Operand right) {
        return Stream.of(left, right)
                .filter(Operand::isColumn)
                .map(Operand::column)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String joined(List<Condition> conditions, String by) {
        return conditions.stream()
                .map(each -> "(" + each + ")")
                .distinct()
                .sorted()
                .collect(Collectors.joining(by));
    }
}
