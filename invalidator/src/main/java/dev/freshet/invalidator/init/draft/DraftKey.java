// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A key template over columns of the row itself.
 *
 * @param notes what to say about it
 */
public record DraftKey(List<Part> parts, List<String> notes) {
    /** Names that stand in a template as they are; all others in double quotes, as in SQL. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

    public DraftKey {
        parts = List.copyOf(parts);
        notes = List.copyOf(notes);
    }

    /** Literal text, or the name of a column. */
    public record Part(String text, boolean isColumn) {
        public static Part literal(String text) {
            return new Part(text, false);
        }

        public static Part column(String name) {
            return new Part(name, true);
        }
    }

    /** {@code prefix:{column}:{column}}, with more text behind. */
    static DraftKey of(String prefix, List<String> columns, String suffix, String... notes) {
        var parts = new ArrayList<Part>();
        parts.add(Part.literal(prefix + ":"));
        for (String column : columns) {
            if (parts.size() > 1) {
                parts.add(Part.literal(":"));
            }
            parts.add(Part.column(column));
        }
        if (!suffix.isEmpty()) {
            parts.add(Part.literal(":" + suffix));
        }
        return new DraftKey(parts, List.of(notes));
    }

    /** The same with one more note, before the others. */
    public DraftKey after(String note) {
        var all = new ArrayList<>(List.of(note));
        all.addAll(notes);
        return new DraftKey(parts, all);
    }

    /** The same with one more note, behind the others. */
    DraftKey with(String note) {
        var all = new ArrayList<>(notes);
        all.add(note);
        return new DraftKey(parts, all);
    }

    /** What its keys have in common, whatever columns they are made of. */
    public String looks() {
        return parts.stream().map(part -> part.isColumn() ? "*" : part.text()).collect(Collectors.joining());
    }

    public List<String> columns() {
        return parts.stream().filter(Part::isColumn).map(Part::text).toList();
    }

    /** As the language writes it. */
    public String template() {
        return parts.stream()
                .map(part -> part.isColumn()
                        ? "{" + quoted(part.text()) + "}"
                        : part.text().replace("{", "{{").replace("}", "}}").replace("*", "**"))
                .collect(Collectors.joining());
    }

    private static String quoted(String column) {
        return PLAIN.matcher(column).matches() ? column : '"' + column.replace("\"", "\"\"") + '"';
    }
}
