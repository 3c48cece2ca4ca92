// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.file;

import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.DraftReference;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A mapping file that somebody has edited. Nothing of it is changed but init's own notes. Immutable. */
public final class ExistingFile {
    private final String file;
    private final String newline;
    private final List<String> lines;
    private final List<String> notes;
    private final Mapping mapping;

    private ExistingFile(String file, String newline, List<String> lines, List<String> notes, Mapping mapping) {
        this.file = file;
        this.newline = newline;
        this.lines = lines;
        this.notes = notes;
        this.mapping = mapping;
    }

    /**
     * Reads the file's text.
     *
     * @param file its name, for messages
     * @throws MappingException with all that is wrong with it
     */
    public static ExistingFile of(String file, String text) {
        MappingParser.parse(file, new StringReader(text));
        var lines = new ArrayList<>(Arrays.asList(text.split("\r?\n", -1)));
        List<String> notes = List.of();
        int first = lines.indexOf(Notes.FIRST);
        if (first >= 0) {
            int end = first;
            while (end < lines.size()
                    && lines.get(end).startsWith("#")
                    && !lines.get(end).equals(Notes.LAST)) {
                end++;
            }
            boolean closed = end < lines.size() && lines.get(end).equals(Notes.LAST);
            List<String> found = lines.subList(first, closed ? end + 1 : end);
            notes = List.copyOf(found);
            found.clear();
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
            lines.remove(lines.size() - 1);
        }
        Mapping mapping = MappingParser.parse(file, new StringReader(String.join("\n", lines)));
        return new ExistingFile(file, text.contains("\r\n") ? "\r\n" : "\n", List.copyOf(lines), notes, mapping);
    }

    public Mapping mapping() {
        return mapping;
    }

    /** The tables that init has offered before, and those that are mapped. */
    public Set<TableName> seen() {
        Set<TableName> seen = Notes.seen(notes);
        seen.addAll(mapping.tables());
        return seen;
    }

    /** The tables that init has offered before, and that somebody took out since. */
    public Set<TableName> declined() {
        Set<TableName> declined = Notes.seen(notes);
        mapping.tables().forEach(declined::remove);
        return declined;
    }

    /**
     * The text with more entities behind the others, with more references in some, and with new notes.
     *
     * @param references by the name of an entity of the file
     * @return empty if the file is written in a way that does not allow to add them
     */
    public Optional<String> with(List<DraftEntity> more, Map<String, List<DraftReference>> references, Notes newNotes) {
        var insertions = new Insertions(lines);
        if (!insertions.entities(more)) {
            return Optional.empty();
        }
        references.forEach(insertions::references);
        var all = new ArrayList<>(insertions.applied());
        if (!holds(String.join("\n", all), more, references)) {
            return Optional.empty();
        }
        all.add("");
        all.addAll(newNotes.lines());
        all.add("");
        return Optional.of(String.join(newline, all));
    }

    /** Whether the text is the old mapping with what is new, and nothing else. */
    private boolean holds(String text, List<DraftEntity> more, Map<String, List<DraftReference>> references) {
        Map<String, EntityMapping> read;
        try {
            read = new HashMap<>(
                    MappingParser.parse(file, new StringReader(text)).entities());
        } catch (MappingException e) {
            return false;
        }
        for (DraftEntity each : more) {
            EntityMapping found = read.remove(each.name());
            if (found == null || !found.table().equals(each.table())) {
                return false;
            }
        }
        return read.keySet().equals(mapping.entities().keySet())
                && read.values().stream()
                        .allMatch(found -> isAsBefore(found, references.getOrDefault(found.name(), List.of())));
    }

    private boolean isAsBefore(EntityMapping found, List<DraftReference> added) {
        EntityMapping known = mapping.entity(found.name());
        List<String> references =
                known.references().stream().map(Reference::name).toList();
        return Placeless.of(found, references).equals(Placeless.of(known, references))
                && found.references().size() == references.size() + added.size()
                && added.stream()
                        .allMatch(each ->
                                found.reference(each.name()).filter(each::isAs).isPresent());
    }

    /** A reference as text, to be pasted. */
    public static String reference(DraftReference reference) {
        return EntityText.reference(reference);
    }

    /** The new entities as text, for a file to which they cannot be added. */
    public static String text(List<DraftEntity> entities) {
        return entities.stream()
                .flatMap(entity -> EntityText.of(entity).stream())
                .map(line -> "  " + line)
                .collect(Collectors.joining("\n"));
    }
}
