// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.From;
import dev.freshet.model.mapping.KeyTemplate.Literal;
import dev.freshet.model.mapping.KeyTemplate.Part;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.KeyTemplate.Role;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.function.FunctionCall;
import dev.freshet.model.mapping.pattern.KeyPattern;
import dev.freshet.model.mapping.pattern.KeyPattern.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides when keys of one template are stale. Nothing else in the mapping affects them.
 *
 * @param of the table whose rows the template belongs to
 * @param role as written in a mapping: {@code keys}, {@code resolved} or {@code listing}
 * @param on columns of the row itself whose changes matter
 * @param when the condition that a row must meet to have the key; null if every row has one
 * @param from columns of other rows whose changes matter; for a resolved view, this includes what it inherits
 */
public record KeyRule(TableRule of, String role, List<KeyPart> key, Columns on, String when, List<Watched> from) {
    public KeyRule {
        key = List.copyOf(key);
        from = CanonicalText.sorted(from);
    }

    static KeyRule of(Mapping mapping, EntityMapping entity, KeyTemplate template) {
        return new KeyRule(
                TableRule.unordered(mapping, entity),
                role(template.role()),
                template.parts().stream().map(part -> part(mapping, part)).toList(),
                Columns.of(template.on()),
                text(template.when()),
                watched(mapping, entity, template));
    }

    private static String role(Role role) {
        return switch (role) {
            case OWN -> "keys";
            case RESOLVED -> "resolved";
            case LISTING -> "listing";
        };
    }

    private static KeyPart part(Mapping mapping, Part part) {
        return part instanceof Path path
                ? new KeyPart(null, Hop.all(mapping, path.steps()), path.column(), path.functions())
                : new KeyPart(((Literal) part).text(), List.of(), null, null);
    }

    /** Null if it holds for every row. */
    private static String text(Condition when) {
        return when.equals(Condition.ALWAYS) ? null : when.toString();
    }

    /** Rows at the end of some steps, as far as they meet the condition; null if all of them. */
    private record Rows(List<Hop> steps, String when) {}

    private static List<Watched> watched(Mapping mapping, EntityMapping entity, KeyTemplate template) {
        Map<Rows, ColumnSet> watched = new LinkedHashMap<>();
        for (From from : template.from()) {
            watched.merge(new Rows(Hop.all(mapping, from.steps()), text(from.when())), from.columns(), ColumnSet::or);
        }
        if (template.role() == Role.RESOLVED) {
            var steps = new ArrayList<Step>();
            for (Step step : mapping.ancestors(entity)) {
                steps.add(step);
                watched.merge(
                        new Rows(Hop.all(mapping, steps), null),
                        mapping.entity(step.entity()).inherited(),
                        ColumnSet::or);
            }
        }
        return watched.entrySet().stream()
                .map(at -> new Watched(
                        at.getKey().steps(),
                        Columns.of(at.getValue()),
                        at.getKey().when()))
                .toList();
    }

    /** The pattern of the template's keys, given the column types of a database. */
    public KeyPattern pattern(Catalog catalog) {
        return KeyPattern.of(key.stream()
                .map(part -> part.text() == null
                        ? Piece.value(column(part, catalog), functions(part))
                        : Piece.text(part.text()))
                .toList());
    }

    private static List<FunctionCall> functions(KeyPart part) {
        return part.functions() == null ? List.of() : part.functions();
    }

    private CatalogTable.Column column(KeyPart part, Catalog catalog) {
        List<Hop> steps = part.steps();
        TableRule end = steps.isEmpty() ? of : steps.get(steps.size() - 1).to();
        return catalog.table(TableName.of(end.table()))
                .map(table -> table.columns().get(part.column()))
                .orElse(null);
    }

    /** The Redis glob that matches every key of the template. */
    public String glob() {
        var glob = new StringBuilder();
        key.forEach(part -> glob.append(part.text() == null ? "*" : KeyTemplate.literalGlob(part.text())));
        return glob.toString();
    }

    /** The template, with table names in place of reference names. */
    String spelled() {
        var text = new StringBuilder();
        for (KeyPart part : key) {
            if (part.text() != null) {
                text.append(part.text());
            } else {
                text.append('{').append(spelled(part)).append('}');
            }
        }
        return text.toString();
    }

    private static String spelled(KeyPart part) {
        var path = new StringBuilder();
        part.steps().forEach(hop -> path.append(hop.spelled()).append('.'));
        String value = path.append(part.column()).toString();
        for (FunctionCall function : functions(part)) {
            value = function.around(value);
        }
        return value;
    }
}
