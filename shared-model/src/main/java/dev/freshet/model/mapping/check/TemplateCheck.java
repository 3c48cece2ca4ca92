// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.condition.Condition;
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
                functions(path, end(entity, path.steps()), template.at());
            }
        }
        if (template.parts().get(0) instanceof Path first && !template.wide()) {
            beginning(template, first, end(entity, first.steps()));
        }
        condition(entity, template.when(), template.at());
        template.from().forEach(from -> condition(end(entity, from.steps()), from.when(), template.at()));
    }

    private EntityMapping end(EntityMapping entity, List<Step> steps) {
        return steps.isEmpty()
                ? entity
                : mapping.entity(steps.get(steps.size() - 1).entity());
    }

    private void condition(EntityMapping entity, Condition condition, Location at) {
        catalog.table(entity.table()).ifPresent(table -> new ConditionCheck(table, errors, at).check(condition));
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
                                        ? ", which is of type " + column.typeName()
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
                            value + " is of type " + column.get().typeName()
                                    + ", which format does not take; expected a date, or a timestamp with or without"
                                    + " time zone");
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

    private Optional<Column> column(EntityMapping entity, String column) {
        return catalog.table(entity.table()).map(table -> table.columns().get(column));
    }
}
