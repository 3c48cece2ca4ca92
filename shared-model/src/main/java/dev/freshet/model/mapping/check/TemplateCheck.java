// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.condition.Condition.Equal;
import dev.freshet.model.mapping.condition.Condition.Operand;
import dev.freshet.model.mapping.function.FunctionCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that the functions and conditions of templates fit the types of their columns. */
final class TemplateCheck {
    private static final Set<String> TIMES = Set.of("date", "timestamp", "timestamptz");

    private final Mapping mapping;
    private final Catalog catalog;
    private final Errors errors;

    /** Takes what is wrong. */
    @FunctionalInterface
    interface Errors {
        void accept(DatabaseCode code, Location at, String message);
    }

    TemplateCheck(Mapping mapping, Catalog catalog, Errors errors) {
        this.mapping = mapping;
        this.catalog = catalog;
        this.errors = errors;
    }

    void check(EntityMapping entity, KeyTemplate template) {
        for (KeyTemplate.Part part : template.parts()) {
            if (part instanceof Path path) {
                functions(path, end(entity, path), template.at());
            }
        }
        if (template.parts().get(0) instanceof Path first && !template.wide()) {
            beginning(template, first, end(entity, first));
        }
        for (Condition test : template.when().tests()) {
            if (test instanceof Equal equal) {
                comparison(entity, equal, template.at());
            }
        }
    }

    private EntityMapping end(EntityMapping entity, Path path) {
        int steps = path.steps().size();
        return steps == 0 ? entity : mapping.entity(path.steps().get(steps - 1).entity());
    }

    /** A purge deletes by pattern. A pattern that begins with anything finds keys of other programs. */
    private void beginning(KeyTemplate template, Path first, EntityMapping entity) {
        column(entity, first.column()).ifPresent(column -> {
            if (PrintedForm.of(column, first.functions()).equals(PrintedForm.ANY)) {
                errors.accept(
                        DatabaseCode.WIDE_TEMPLATE,
                        template.at(),
                        "template '" + template + "' begins with column '" + first.column() + "' of " + entity.table()
                                + (first.functions().isEmpty()
                                        ? ", which is of type " + column.type()
                                        : ", after a function,")
                                + " and can hold anything: a purge would delete every key that ends like the template,"
                                + " whoever stored it; expected text at the beginning, or 'wide: true' beside 'key'");
            }
        });
    }

    private void functions(Path path, EntityMapping entity, Location at) {
        Optional<Column> column = column(entity, path.column());
        String value = "column '" + path.column() + "' of " + entity.table();
        boolean first = true;
        for (FunctionCall function : path.functions()) {
            if (function.needsTime() && !first) {
                errors.accept(
                        DatabaseCode.FUNCTION_TYPE,
                        at,
                        "format follows another function; expected a date or time stamp, as of a column");
            } else if (function.needsTime() && column.isPresent()) {
                String type = column.get().type();
                if (!TIMES.contains(type)) {
                    errors.accept(
                            DatabaseCode.FUNCTION_TYPE,
                            at,
                            value + " is of type " + type + ", which format does not take; expected date, timestamp or"
                                    + " timestamptz");
                } else if (function.namesZone() && type.equals("date")) {
                    errors.accept(
                            DatabaseCode.FUNCTION_TYPE,
                            at,
                            value + " is of type date, which has no time zone; expected format without '"
                                    + function.arguments().get(1) + "'");
                }
            }
            first = false;
        }
    }

    private void comparison(EntityMapping entity, Equal equal, Location at) {
        List<Operand> columns = List.of(equal.left(), equal.right()).stream()
                .filter(Operand::isColumn)
                .toList();
        for (Operand operand : columns) {
            column(entity, operand.column()).ifPresent(column -> comparable(entity, operand.column(), column, at));
        }
        if (columns.size() == 2) {
            Optional<Column> left = column(entity, equal.left().column());
            Optional<Column> right = column(entity, equal.right().column());
            if (left.isPresent() && right.isPresent() && !PrintedValues.alike(left.get(), right.get())) {
                errors.accept(
                        DatabaseCode.CONDITION_TYPE,
                        at,
                        "the condition " + equal + " compares " + left.get() + " with " + right.get()
                                + ", whose equal values print differently; expected the same type");
            }
        } else if (columns.size() == 1) {
            Operand literal = equal.left().isColumn() ? equal.right() : equal.left();
            column(entity, columns.get(0).column())
                    .flatMap(column -> unprintable(column, literal.literal()))
                    .ifPresent(problem -> errors.accept(
                            DatabaseCode.CONDITION_TYPE, at, "the condition " + equal + " is never true: " + problem));
        }
    }

    private void comparable(EntityMapping entity, String name, Column column, Location at) {
        Optional<String> instead = PrintedValues.instead(column);
        if (instead.isPresent() || MappingCheck.isUnsuitable(column)) {
            errors.accept(
                    DatabaseCode.CONDITION_TYPE,
                    at,
                    "a condition compares column '" + name + "' of " + entity.table() + ", which is of type "
                            + column.type() + ", by what is printed, and equal values may print differently; expected "
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

    private Optional<Column> column(EntityMapping entity, String column) {
        return catalog.table(entity.table()).map(table -> table.columns().get(column));
    }
}
