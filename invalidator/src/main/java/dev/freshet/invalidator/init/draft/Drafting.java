// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.schema.ForeignKey;
import dev.freshet.model.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Drafts a mapping of a database, and keeps to what an existing mapping says already. */
public final class Drafting {
    private static final String DEFAULT_NAMESPACE = "freshet";

    private final Schema schema;
    private final Optional<Mapping> existing;
    private final Set<TableName> declined;
    private final Map<TableName, String> leftOut;
    private final Map<TableName, IdChoice> ids = new TreeMap<>();
    private final Map<TableName, EntityNames.Name> names = new LinkedHashMap<>();

    private Drafting(Schema schema, Optional<Mapping> existing, Set<TableName> declined) {
        this.schema = schema;
        this.existing = existing;
        this.declined = declined;
        this.leftOut = new TreeMap<>(schema.obstacles());
    }

    /**
     * Drafts a mapping.
     *
     * @param existing its entities keep their names and ids
     * @param declined tables that the user does not want
     */
    public static Draft draft(Schema schema, Optional<Mapping> existing, Set<TableName> declined) {
        return new Drafting(schema, existing, declined).draft();
    }

    private Draft draft() {
        schema.byName().values().forEach(this::chooseId);
        existing.ifPresent(mapping -> mapping.entities().values().forEach(this::keep));
        List<TableName> unnamed =
                ids.keySet().stream().filter(table -> !names.containsKey(table)).toList();
        names.putAll(EntityNames.of(
                unnamed,
                existing.map(mapping -> mapping.entities().keySet().stream().toList())
                        .orElse(List.of())));
        Optional<OwnerGuess> owner = OwnerGuess.of(
                schema, ids.keySet().stream().map(schema.byName()::get).toList());
        return new Draft(
                namespace(),
                ids.keySet().stream()
                        .map(table -> entity(schema.byName().get(table), owner))
                        .toList(),
                leftOut);
    }

    private void chooseId(CatalogTable table) {
        if (declined.contains(table.name())) {
            leftOut.put(table.name(), "was taken out of this file");
            return;
        }
        IdChoice choice = IdChoice.of(table, schema);
        choice.obstacle().ifPresentOrElse(why -> leftOut.put(table.name(), why), () -> ids.put(table.name(), choice));
    }

    private void keep(EntityMapping entity) {
        leftOut.remove(entity.table());
        if (schema.byName().containsKey(entity.table())) {
            ids.put(entity.table(), new IdChoice(entity.id(), Optional.empty(), Optional.empty()));
            names.put(entity.table(), new EntityNames.Name(entity.name(), Optional.empty()));
        }
    }

    private String namespace() {
        if (existing.isPresent()) {
            return existing.get().namespace();
        }
        String name = EntityNames.clean(schema.database())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("-+$", "");
        return name.equals("table") ? DEFAULT_NAMESPACE : name;
    }

    private DraftEntity entity(CatalogTable table, Optional<OwnerGuess> owner) {
        var name = names.get(table.name());
        IdChoice id = ids.get(table.name());
        var notes = new ArrayList<String>();
        id.needs().ifPresent(statement -> notes.add("needs: " + statement));
        if (!table.partitions().isEmpty()) {
            notes.add("partitioned; its partitions count as rows of this table");
        }
        List<DraftReference> references = references(table.name(), name.text(), notes);
        List<DraftKey> joined = joined(table, id.id(), references, notes);
        List<DraftKey> keys = keys(name.text(), id.id(), joined, notes);
        return new DraftEntity(
                name.text(),
                name.guess(),
                table.name(),
                id.id(),
                owner.flatMap(guess -> guess.in(table, id.id())),
                references,
                keys,
                Offers.of(schema, table, name.text(), id.id(), references, keys, joined, entities()),
                notes);
    }

    private List<DraftReference> references(TableName table, String name, List<String> notes) {
        var links = new ArrayList<References.Link>();
        for (ForeignKey key : schema.foreignKeysOf(table)) {
            if (ids.containsKey(key.target())) {
                links.add(new References.Link(
                        key,
                        names.get(key.target()).text(),
                        ids.get(key.target()).id()));
            } else if (leftOut.containsKey(key.target()) || !schema.existing().contains(key.target())) {
                // Of a table that was not asked for nothing is said: it may be asked for next.
                notes.add(
                        "refers to " + key.target() + ", which is not mapped, by " + String.join(", ", key.columns()));
            }
        }
        return References.of(name, links);
    }

    /** The lists of both sides of a join table. */
    private List<DraftKey> joined(
            CatalogTable table, List<String> id, List<DraftReference> references, List<String> notes) {
        return JoinTables.sides(table, id, references)
                .map(sides -> {
                    notes.add("a join table of " + sides.get(0).name() + " and "
                            + sides.get(1).name());
                    return JoinTables.lists(
                            table.name(),
                            sides,
                            sides.stream().map(side -> tableOf(side.entity())).toList(),
                            this::refers);
                })
                .orElse(List.of());
    }

    private boolean refers(TableName table, TableName target) {
        return schema.foreignKeysOf(table).stream().anyMatch(key -> key.target().equals(target));
    }

    private List<DraftKey> keys(String name, List<String> id, List<DraftKey> joined, List<String> notes) {
        var keys = new ArrayList<DraftKey>();
        keys.add(DraftKey.of(name, id, ""));
        // Lists that would need another replica identity than the table alone are only offered.
        joined.stream().filter(list -> id.containsAll(list.columns())).forEach(keys::add);
        if (!Sayable.isTemplate(keys.get(0))) {
            notes.add("no key: the language cannot write a column of the id into a template");
        }
        return keys.stream().filter(Sayable::isTemplate).toList();
    }

    private Set<String> entities() {
        return names.values().stream().map(EntityNames.Name::text).collect(Collectors.toSet());
    }

    private TableName tableOf(String entity) {
        return names.entrySet().stream()
                .filter(each -> each.getValue().text().equals(entity))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
