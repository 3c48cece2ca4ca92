// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.invalidator.init.english.Plural;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Key templates that the catalogue suggests for one table beside its own: lists by what its rows refer to. */
final class Offers {
    private final Schema schema;
    private final CatalogTable table;
    private final String entity;
    private final List<String> id;
    private final List<DraftEntity.Offer> offers = new ArrayList<>();

    private Offers(Schema schema, CatalogTable table, String entity, List<String> id) {
        this.schema = schema;
        this.table = table;
        this.entity = entity;
        this.id = id;
    }

    /**
     * The offers for a table.
     *
     * @param written templates that are written anyway
     * @param joined lists of both sides of a join table, which need not be among those written
     * @param entities the names of all entities
     */
    static List<DraftEntity.Offer> of(
            Schema schema,
            CatalogTable table,
            String entity,
            List<String> id,
            List<DraftReference> references,
            List<DraftKey> written,
            List<DraftKey> joined,
            Set<String> entities) {
        var offers = new Offers(schema, table, entity, id);
        joined.forEach(list -> offers.add(list, list.columns(), Optional.empty()));
        if (joined.isEmpty()) {
            references.forEach(each -> offers.rowsOf(each, references));
        }
        Polymorphic.of(table, references).forEach(each -> offers.rowsOf(each, entities));
        return offers.offers.stream()
                .filter(each -> written.stream()
                        .noneMatch(other -> other.template().equals(each.key().template())))
                .toList();
    }

    /** The list of the rows that refer to one row. */
    private void rowsOf(DraftReference reference, List<DraftReference> references) {
        // A reference by the whole id leads to one row, whose key is the same as its own.
        if (!reference.toId() || reference.columns().containsAll(id)) {
            return;
        }
        boolean several = references.stream()
                        .filter(each -> each.entity().equals(reference.entity()))
                        .count()
                > 1;
        String suffix = rows() + (several ? ":" + reference.name() : "");
        add(DraftKey.of(reference.entity(), reference.columns(), suffix), reference.columns(), Optional.empty());
    }

    /** The lists of the rows that refer to a row of one of several tables. */
    private void rowsOf(Polymorphic reference, Set<String> entities) {
        List<String> types = reference.labels().isEmpty() ? List.of("…") : reference.labels();
        for (String type : types) {
            String prefix = reference.labels().isEmpty() ? type : Polymorphic.named(type, entities);
            add(
                    DraftKey.of(prefix, List.of(reference.id()), rows()),
                    List.of(reference.id(), reference.type()),
                    Optional.of(reference.is(type)));
        }
    }

    private String rows() {
        return Plural.of(entity);
    }

    private void add(DraftKey key, List<String> columns, Optional<String> when) {
        KeyNeeds.usable(key, columns, table.name(), id, schema).ifPresent(usable -> {
            if (offers.stream()
                    .noneMatch(each -> each.key().template().equals(key.template())
                            && each.when().equals(when))) {
                offers.add(new DraftEntity.Offer(usable, when));
            }
        });
    }

    /**
     * Two columns that together refer to a row of one of several tables, such as {@code member_type} and {@code member_id},
     * or Django's {@code content_type_id} and {@code object_id}: no foreign key says so.
     *
     * @param labels the types, if the catalogue knows them
     */
    private record Polymorphic(String type, String id, List<String> labels) {
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
}
