// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.pattern;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads keys as one template may have made them. A column can hold anything if its type is not known. Immutable and
 * thread-safe.
 */
public final class KeyReader {
    /** There are never more readings than this, however ambiguous the template is. */
    public static final int MOST_READINGS = 16;

    private final List<Part> parts;

    private KeyReader(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Literal text, or the value of a path.
     *
     * @param path as written; null for literal text
     */
    private record Part(String literal, String path, Column column, Pattern values) {
        boolean holds(String value) {
            return values.matcher(value).matches();
        }

        String expected() {
            return "{" + path + "}" + (column == null ? "" : " of type " + column.type());
        }
    }

    /** @param catalog tells the types of the columns */
    public static KeyReader of(Mapping mapping, EntityMapping entity, KeyTemplate template, Catalog catalog) {
        return new KeyReader(template.parts().stream()
                .map(part -> {
                    KeyPattern.Piece piece = KeyPatterns.piece(mapping, entity, part, catalog);
                    return part instanceof Path path
                            ? new Part(
                                    null,
                                    text(path),
                                    piece.column(),
                                    Pattern.compile(
                                            PrintedForm.of(piece.column()).regex(), Pattern.DOTALL))
                            : new Part(bytes(piece.text()), null, null, null);
                })
                .toList());
    }

    /** A path as it is written between the braces of a template. */
    public static String text(Path path) {
        return Stream.concat(path.steps().stream().map(Step::text), Stream.of(path.column()))
                .collect(Collectors.joining("."));
    }

    /**
     * Where a key stops being one of the template's.
     *
     * @param at how many characters of the key agree
     * @param expected what the template has there
     * @param found what the key has there
     */
    public record Difference(int at, String expected, String found) {
        @Override
        public String toString() {
            return "after " + at + (at == 1 ? " character" : " characters") + ": expected " + expected + ", found "
                    + found;
        }
    }

    /**
     * Every way in which the template can have made the key, up to {@link #MOST_READINGS}.
     *
     * @return the values of the template's paths in their order; empty if the template does not make the key
     */
    public List<List<String>> readings(String key) {
        var attempt = new Attempt(parts, bytes(key));
        attempt.read(0, 0);
        return attempt.readings.stream()
                .map(values -> values.stream().map(KeyReader::text).toList())
                .toList();
    }

    /** Where a key that has no reading differs. */
    public Difference difference(String key) {
        var attempt = new Attempt(parts, bytes(key));
        attempt.read(0, 0);
        if (!attempt.readings.isEmpty()) {
            throw new IllegalArgumentException("the template makes this key");
        }
        return attempt.furthest;
    }

    /** About how many characters of the key would have to be different. */
    public int distance(String key) {
        return new KeyDistance(parts.stream()
                        .map(part -> new KeyPattern.Piece(part.literal(), part.column()))
                        .toList())
                .of(bytes(key));
    }

    /** The UTF-8 bytes, each as one character: what printed forms are compared with. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Reads one key. Gives up after a number of steps: a template of many texts has very many readings. */
    private static final class Attempt {
        private static final int MOST_STEPS = 100_000;

        private final List<Part> parts;
        private final String key;
        private final List<String> values = new ArrayList<>();
        private final Set<List<String>> readings = new LinkedHashSet<>();
        private int steps;
        private int deepest = -1;
        private Difference furthest;

        Attempt(List<Part> parts, String key) {
            this.parts = parts;
            this.key = key;
        }

        void read(int part, int at) {
            if (readings.size() >= MOST_READINGS || ++steps > MOST_STEPS) {
                return;
            }
            if (part == parts.size()) {
                if (at < key.length()) {
                    differs(at, at, "the end");
                } else if (agrees()) {
                    readings.add(List.copyOf(values));
                }
            } else if (parts.get(part).path() == null) {
                literal(part, at);
            } else {
                value(part, at);
            }
        }

        private void literal(int part, int at) {
            String literal = parts.get(part).literal();
            if (key.startsWith(literal, at)) {
                read(part + 1, at + literal.length());
            } else {
                differs(at + common(literal, at), at, "'" + text(literal) + "'");
            }
        }

        private void value(int part, int at) {
            Part value = parts.get(part);
            if (part + 1 == parts.size()) {
                attempt(part, at, key.length());
                return;
            }
            Part next = parts.get(part + 1);
            boolean found = false;
            for (int end = at; end <= key.length(); end++) {
                if (next.path() != null || key.startsWith(next.literal(), end)) {
                    found = true;
                    attempt(part, at, end);
                }
            }
            if (!found) {
                int end = nearestTo(next.literal(), at, value);
                differs(end + common(next.literal(), end), end, "'" + text(next.literal()) + "'");
            }
        }

        private void attempt(int part, int at, int end) {
            Part value = parts.get(part);
            String here = key.substring(at, end);
            if (++steps > MOST_STEPS) {
                differs(at, at, value.expected());
            } else if (value.holds(here)) {
                values.add(here);
                read(part + 1, end);
                values.remove(values.size() - 1);
            } else {
                differs(at, at, value.expected());
            }
        }

        /** Where the key is most like the literal text, after a value that the column can hold. */
        private int nearestTo(String literal, int from, Part value) {
            int best = key.length();
            int most = 0;
            for (int end = from; end < key.length(); end++) {
                int common = common(literal, end);
                if (common > most && value.holds(key.substring(from, end))) {
                    most = common;
                    best = end;
                }
            }
            return best;
        }

        private int common(String literal, int at) {
            int common = 0;
            while (common < literal.length()
                    && at + common < key.length()
                    && literal.charAt(common) == key.charAt(at + common)) {
                common++;
            }
            return common;
        }

        /** A path that stands twice in the template has one value. */
        private boolean agrees() {
            List<String> paths = parts.stream()
                    .filter(part -> part.path() != null)
                    .map(Part::path)
                    .toList();
            for (int i = 0; i < paths.size(); i++) {
                if (!values.get(i).equals(values.get(paths.indexOf(paths.get(i))))) {
                    differs(key.length(), 0, "the same value for {" + paths.get(i) + "} wherever it stands");
                    return false;
                }
            }
            return true;
        }

        private void differs(int reached, int from, String expected) {
            if (reached > deepest) {
                deepest = reached;
                String rest = text(key.substring(from));
                furthest = new Difference(
                        text(key.substring(0, reached)).length(),
                        expected,
                        rest.isEmpty() ? "the end" : "'" + rest + "'");
            }
        }
    }
}
