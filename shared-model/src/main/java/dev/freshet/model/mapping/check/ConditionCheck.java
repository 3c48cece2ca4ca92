// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.TemplateCheck.Errors;
import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.condition.Condition.Equal;
import dev.freshet.model.mapping.condition.Condition.Less;
import dev.freshet.model.mapping.condition.Condition.Like;
import dev.freshet.model.mapping.condition.Condition.Operand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that conditions fit the types of the columns of one table. */
final class ConditionCheck {
    /** Without char(n): in PostgreSQL, LIKE sees its padding, which it does not print. */
    private static final Set<String> TEXTS = Set.of("text", "varchar");

    private final CatalogTable table;
    private final Errors errors;
    private final Location at;

    /** @param at where the template stands that has the conditions */
    ConditionCheck(CatalogTable table, Errors errors, Location at) {
        this.table = table;
        this.errors = errors;
        this.at = at;
    }

    void check(Condition condition) {
        for (Condition test : condition.tests()) {
            if (test instanceof Equal equal) {
                equality(equal);
            } else if (test instanceof Less less) {
                order(less);
            } else if (test instanceof Like like) {
                pattern(like);
            }
        }
    }

    private void order(Less less) {
        List<Operand> columns =
                Stream.of(less.left(), less.right()).filter(Operand::isColumn).toList();
        for (Operand operand : columns) {
            column(operand)
                    .filter(column -> OrderedType.of(column).isEmpty())
                    .ifPresent(column -> error("the condition " + less + " orders values of column '" + operand.column()
                            + "' of " + table.name() + ", which is of type " + column.typeName() + ", "
                            + unordered(column) + "; expected " + OrderedType.ALL));
        }
        if (columns.size() == 2) {
            orderOfColumns(less);
        } else if (columns.size() == 1) {
            String literal = (less.left().isColumn() ? less.right() : less.left()).literal();
            column(columns.get(0)).flatMap(OrderedType::of).ifPresent(type -> {
                if (!type.takes(literal)) {
                    error("the condition " + less + " compares " + columns.get(0) + " with '" + literal
                            + "', which is no such value; expected one like " + type.example());
                }
            });
        }
    }

    private void orderOfColumns(Less less) {
        Optional<Column> left = column(less.left());
        Optional<Column> right = column(less.right());
        Optional<OrderedType> one = left.flatMap(OrderedType::of);
        Optional<OrderedType> other = right.flatMap(OrderedType::of);
        if (one.isPresent() && other.isPresent() && one.get() != other.get()) {
            error("the condition " + less + " compares " + left.get() + " with " + right.get()
                    + "; expected the same type");
        }
    }

    private static String unordered(Column column) {
        if (!column.labels().isEmpty()) {
            return "and enums are ordered as they were declared";
        }
        return switch (column.type()) {
            case "text", "varchar", "bpchar", "name", "citext" ->
                "and only the database knows the order of its collation";
            case "float4", "float8" -> "which rounds what it is compared with";
            default -> "whose order is not told by what is printed";
        };
    }

    private void pattern(Like like) {
        Operand text = Operand.column(like.column());
        column(text)
                .filter(column -> !TEXTS.contains(column.type()) || !column.deterministic())
                .ifPresent(column -> error("the condition " + like + " matches column '" + like.column() + "' of "
                        + table.name() + ", which is of type " + column.typeName()
                        + (column.deterministic() ? "" : " with a collation that is not deterministic")
                        + "; expected text or varchar with a deterministic collation"));
    }

    private void equality(Equal equal) {
        List<Operand> columns =
                Stream.of(equal.left(), equal.right()).filter(Operand::isColumn).toList();
        for (Operand operand : columns) {
            column(operand).ifPresent(column -> printsAlike(operand.column(), column));
        }
        if (columns.size() == 2) {
            Optional<Column> left = column(equal.left());
            Optional<Column> right = column(equal.right());
            if (left.isPresent() && right.isPresent() && !PrintedValues.alike(left.get(), right.get())) {
                error("the condition " + equal + " compares " + left.get() + " with " + right.get()
                        + ", whose equal values print differently; expected the same type");
            }
        } else if (columns.size() == 1) {
            Operand literal = equal.left().isColumn() ? equal.right() : equal.left();
            column(columns.get(0))
                    .flatMap(column -> unprintable(column, literal.literal()))
                    .ifPresent(problem -> error("the condition " + equal + " is never true: " + problem));
        }
    }

    private void printsAlike(String name, Column column) {
        Optional<String> instead = PrintedValues.instead(column);
        if (instead.isPresent() || MappingCheck.isUnsuitable(column)) {
            error("a condition compares column '" + name + "' of " + table.name() + ", which is of type "
                    + column.typeName() + ", by what is printed, and equal values may print differently; expected "
                    + instead.map(type -> type + ", or ").orElse("") + "'is null' or 'is not null'");
        }
    }

    /** Why no value of the column prints like that. */
    private static Optional<String> unprintable(Column column, String literal) {
        if (!column.labels().isEmpty()) {
            return column.labels().contains(literal)
                    ? Optional.empty()
                    : Optional.of("the enum has no label '" + literal + "'; " + Hint.of(literal, column.labels()));
        }
        boolean possible = PrintedForm.of(column).matches(literal)
                && !(column.type().equals("bpchar") && literal.endsWith(" "))
                && (column.scale().isEmpty()
                        || decimals(literal) == Math.max(0, column.scale().getAsInt()));
        return possible
                ? Optional.empty()
                : Optional.of("no value of type " + column + " prints as '" + literal + "'"
                        + (column.type().equals("bool") ? "; expected true or false" : ""));
    }

    private static int decimals(String number) {
        int point = number.indexOf('.');
        return point < 0 ? 0 : number.length() - point - 1;
    }

    /** Empty for a literal, and for a column that the table does not have. */
    private Optional<Column> column(Operand operand) {
        return Optional.ofNullable(table.columns().get(operand.column()));
    }

    private void error(String message) {
        errors.accept(DatabaseCode.CONDITION_TYPE, at, message);
    }
}
