// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.DraftReference;
import dev.freshet.invalidator.init.file.ExistingFile;
import dev.freshet.invalidator.init.file.Notes;
import dev.freshet.invalidator.init.keys.KeyGuesses;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects what is said at the end of the file. Pure. */
final class NotesBook {
    private final Draft draft;
    private final Schema schema;
    private final Optional<KeyGuesses> guesses;
    private final Optional<ExistingFile> existing;

    NotesBook(Draft draft, Schema schema, Optional<KeyGuesses> guesses, Optional<ExistingFile> existing) {
        this.draft = draft;
        this.schema = schema;
        this.guesses = guesses;
        this.existing = existing;
    }

    /** @param references those that are written into entities of the file */
    Notes notes(Map<String, List<DraftReference>> references) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        sections.put("Mapped here, but not in the database any more:", gone());
        sections.put(
                "Foreign keys that no reference follows; to follow one, write it under references:",
                unfollowed(references));
        sections.put("Not mapped:", leftOut());
        sections.put("Keys seen in Redis that no template of their entity makes, guessed from their names:", unmade());
        sections.put(
                "Keys seen in Redis that no row can name, because of the number of a page or a hash in them:",
                ofNoRow());
        sections.put("Keys seen in Redis whose names fit no table:", unmatched());
        Set<TableName> seen = new TreeSet<>();
        existing.ifPresent(file -> seen.addAll(file.seen()));
        draft.entities().forEach(entity -> seen.add(entity.table()));
        return new Notes(sections, seen);
    }

    /** What the file has, and the database has not. */
    List<String> gone() {
        return mapped().entities().values().stream()
                .filter(entity -> !schema.existing().contains(entity.table()))
                .map(entity -> "entity " + entity.name() + ", table " + entity.table())
                .toList();
    }

    /**
     * References of entities of the file to entities that are new in it. What else the file lacks somebody may have taken
     * out.
     */
    Map<String, List<DraftReference>> newReferences(List<DraftEntity> added) {
        Set<String> names = added.stream().map(DraftEntity::name).collect(Collectors.toSet());
        Map<String, List<DraftReference>> references = new TreeMap<>();
        for (DraftEntity entity : draft.entities()) {
            mapped().entityOf(entity.table()).ifPresent(known -> {
                List<DraftReference> lacking = lacking(entity, known).stream()
                        .filter(each -> names.contains(each.entity())
                                && known.reference(each.name()).isEmpty())
                        .toList();
                if (!lacking.isEmpty()) {
                    references.put(known.name(), lacking);
                }
            });
        }
        return references;
    }

    private static List<DraftReference> lacking(DraftEntity entity, EntityMapping known) {
        return entity.references().stream()
                .filter(each -> known.references().stream().noneMatch(each::isAs))
                .toList();
    }

    /** References that the catalogue suggests for entities of the file, beside those. */
    List<String> unfollowed(Map<String, List<DraftReference>> references) {
        var lines = new ArrayList<String>();
        for (DraftEntity entity : draft.entities()) {
            mapped().entityOf(entity.table())
                    .ifPresent(known -> lacking(entity, known).stream()
                            .filter(each -> !references
                                    .getOrDefault(known.name(), List.of())
                                    .contains(each))
                            .forEach(
                                    each -> lines.add("entity " + known.name() + ": " + ExistingFile.reference(each))));
        }
        return lines;
    }

    private List<String> leftOut() {
        var lines = new ArrayList<String>();
        draft.leftOut().forEach((table, why) -> lines.add(table + " " + why));
        return lines;
    }

    private List<String> unmade() {
        var lines = new ArrayList<String>();
        guesses.ifPresent(found -> found.found()
                .forEach((name, templates) -> Optional.ofNullable(
                                mapped().entities().get(name))
                        .ifPresent(entity -> templates.stream()
                                .filter(each -> entity.templates().stream()
                                        .map(KeyTemplate::text)
                                        .noneMatch(each.key().template()::equals))
                                .forEach(each -> lines.add(
                                        "entity " + name + ": \"" + each.key().template() + "\", " + each.told())))));
        return lines;
    }

    /** A template for them would miss: it needs columns that say on which page a row is. */
    private List<String> ofNoRow() {
        var lines = new ArrayList<String>();
        guesses.ifPresent(found -> found.ofNoRow().forEach((shape, keys) -> lines.add(shape + ": " + keys)));
        if (!lines.isEmpty()) {
            lines.add(
                    "no template is offered: it would miss them. Keep all pages of a list as fields of one hash in Redis,"
                            + " with a template for its key; or read them with cache-client, by the tag of the list; see"
                            + " docs/mapping-language.md, \"Pages and searches\"");
        }
        return lines;
    }

    private List<String> unmatched() {
        var lines = new ArrayList<String>();
        guesses.ifPresent(found -> {
            found.unmatched().forEach((shape, keys) -> lines.add(shape + ": " + keys));
            if (found.others() > 0) {
                lines.add("others: " + found.others());
            }
        });
        return lines;
    }

    private Mapping mapped() {
        return existing.map(ExistingFile::mapping).orElse(new Mapping("", draft.namespace(), Map.of()));
    }
}
