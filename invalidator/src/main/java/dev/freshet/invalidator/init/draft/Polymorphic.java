// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.check.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Two columns that together refer to a row of one of several tables, such as {@code member_type} and {@code member_id},
 * or Django's {@code content_type_id} and {@code object_id}: no foreign key says so.
 *
 * @param labels the types, if the catalogue knows them
 */
record Polymorphic(String type, String id, List<String> labels) {
    private static final String PLAIN = "[a-z_][a-z0-9_]*";
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "enum");

    /** Those of a table. */
    static List<Polymorphic> of(CatalogTable table, List<DraftReference> references) {
        var found = new ArrayList<Polymorphic>();
        references.stream()
                .filter(each -> each.columns().equals(List.of("content_type_id"))
                        && table.columns().containsKey("object_id")
                        && !isReference("object_id", references))
                .findFirst()
                .ifPresent(each -> found.add(new Polymorphic("content_type_id", "object_id", List.of())));
        table.columns().forEach((name, column) -> {
            if (TEXTS.contains(column.type()) && !isReference(name, references)) {
                id(name, table)
                        .filter(id -> !isReference(id, references))
                        .ifPresent(id -> found.add(new Polymorphic(name, id, column.labels())));
            }
        });
        return found;
    }

    private static boolean isReference(String column, List<DraftReference> references) {
        return references.stream().anyMatch(each -> each.columns().contains(column));
    }

    /** {@code member_id} for {@code member_type}, {@code memberId} for {@code memberType}. */
    private static Optional<String> id(String type, CatalogTable table) {
        String stem = type.replaceFirst("(?i)_?type$", "");
        return stem.equals(type) || stem.isEmpty()
                ? Optional.empty()
                : List.of(stem + "_id", stem + "Id", stem + "id", stem + "_ID", stem + "ID").stream()
                        .filter(table.columns()::containsKey)
                        .findFirst();
    }

    /** The condition that a row refers to a row of one type. */
    String is(String label) {
        String column = type.matches(PLAIN) ? type : '"' + type.replace("\"", "\"\"") + '"';
        return column + " = '" + label.replace("'", "''") + "'";
    }

    /** The name of the entity that a type means; the type itself in lower case if none is named like it. */
    static String named(String type, Set<String> entities) {
        return entities.stream()
                .filter(name -> flat(name).equals(flat(type)))
                .findFirst()
                .orElse(type.toLowerCase(Locale.ROOT));
    }

    private static String flat(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
