// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Influence;
import dev.freshet.core.plan.join.JoinNode;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.support.config.terminal.Escapes;
import java.util.List;
import java.util.Optional;

/** How explanations name things. */
public final class Wording {
    private Wording() {}

    /** Where a template stands, such as {@code keys of rental, shop.yaml:12:9}. */
    public static String place(EntityMapping owner, KeyTemplate template) {
        return list(template) + " of " + owner + ", " + template.at();
    }

    /** The key of the mapping file under which the template stands. */
    static String list(KeyTemplate template) {
        return switch (template.role()) {
            case OWN -> "keys";
            case RESOLVED -> "resolved";
            case LISTING -> "listing";
        };
    }

    /** A table of a join, such as {@code customer by city.address.customer}. */
    static String table(JoinNode node) {
        String path = node.path();
        if (node.isWithin()) {
            return node.entity() + " within " + path;
        }
        return node.entity() + (path.isEmpty() || path.equals(node.entity().name()) ? "" : " by " + path);
    }

    /** The condition that a row must meet to have the template's key. */
    static Optional<String> condition(KeyTemplate template) {
        return template.isConditional() ? Optional.of(template.when().toString()) : Optional.empty();
    }

    static String when(Influence influence) {
        return "insert, delete, update of " + columns(influence.columns())
                + influence.condition().map(condition -> ", while " + condition).orElse("");
    }

    static String columns(ColumnSet columns) {
        String names = String.join(", ", columns.names());
        if (!columns.exclusive()) {
            return names;
        }
        return columns.names().isEmpty() ? "any column" : "any column but " + names;
    }

    static String row(EntityMapping entity, Row row) {
        return row(entity, row.get(entity.id()));
    }

    static String row(EntityMapping entity, List<String> id) {
        return entity + " " + Escapes.line(RowId.print(id));
    }
}
