// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.pattern;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.PrintedForm;
import dev.freshet.model.mapping.function.FunctionCall;
import dev.freshet.model.mapping.pattern.KeyPattern.Piece;
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

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

    private final List<Part> parts;
    private final boolean sparesReserved;

    private KeyReader(List<Part> parts) {
        this.parts = parts;
        this.sparesReserved =
                KeyPattern.beginsWithAnything(parts.stream().map(Part::piece).toList());
    }

    /**
     * Literal text, or the value of a path.
     *
     * @param piece with literal text as bytes
     * @param path as written; null for literal text
     */
    private record Part(Piece piece, String path, Pattern values) {
        String literal() {
            return piece.text();
        }

        boolean holds(String value) {
            return values.matcher(value).matches();
        }

        /** Whether it has the same text wherever it stands in a key. */
        boolean isUnique() {
            return piece.functions().stream().noneMatch(FunctionCall::variesByProgram);
        }

        String expected() {
            return "{" + path + "}"
                    + (piece.column() == null || !piece.functions().isEmpty()
                            ? ""
                            : " of type " + piece.column().typeName());
        }
    }

    /** @param catalog tells the types of the columns */
    public static KeyReader of(Mapping mapping, EntityMapping entity, KeyTemplate template, Catalog catalog) {
        return new KeyReader(template.parts().stream()
                .map(part -> {
                    Piece piece = KeyPatterns.piece(mapping, entity, part, catalog);
                    return part instanceof Path path
                            ? new Part(piece, text(path), Pattern.compile(form(piece), Pattern.DOTALL))
                            : new Part(Piece.text(bytes(piece.text())), null, null);
                })
                .toList());
    }

    private static String form(Piece piece) {
        return PrintedForm.of(piece.column(), piece.functions()).regex();
    }

    /** A path as it is written between the braces of a template, with its functions. */
    public static String text(Path path) {
        String text = Stream.concat(path.steps().stream().map(Step::text), Stream.of(name(path.column())))
                .collect(Collectors.joining("."));
        for (FunctionCall function : path.functions()) {
            text = function.around(text);
        }
        return text;
    }

    private static String name(String column) {
        return PLAIN_NAME.matcher(column).matches() ? column : '"' + column.replace("\"", "\"\"") + '"';
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
     * @return the values of the template's paths in their order, each after its functions; empty if the template does
     *     not make the key, and if that {@link #cannotTell cannot be told}
     */
    public List<List<String>> readings(String key) {
        return attempt(key).readings.stream()
                .map(values -> values.stream().map(KeyReader::text).toList())
                .toList();
    }

    /** Whether no reading of the key was found, because there are too many ways to try. */
    public boolean cannotTell(String key) {
        Attempt attempt = attempt(key);
        return attempt.readings.isEmpty() && attempt.gaveUp();
    }

    private Attempt attempt(String key) {
        var attempt = new Attempt(parts, bytes(key));
        if (sparesReserved && KeyPattern.isReserved(key)) {
            attempt.differs(0, 0, "a name that Freshet does not reserve for itself");
        } else {
            attempt.read(0, 0);
        }
        return attempt;
    }

    /** Where a key that has no reading differs. */
    public Difference difference(String key) {
        Attempt attempt = attempt(key);
        if (!attempt.readings.isEmpty()) {
            throw new IllegalArgumentException("the template makes this key");
        }
        return attempt.furthest;
    }

    /** About how many characters of the key would have to be different. */
    public int distance(String key) {
        return new KeyDistance(parts.stream().map(Part::piece).toList()).of(bytes(key));
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

        boolean gaveUp() {
            return steps > MOST_STEPS;
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

        /** A path that stands twice in the template has one value, unless programs may spell it in several ways. */
        private boolean agrees() {
            List<Part> all = parts.stream().filter(part -> part.path() != null).toList();
            List<String> paths = all.stream().map(Part::path).toList();
            for (int i = 0; i < paths.size(); i++) {
                if (all.get(i).isUnique() && !values.get(i).equals(values.get(paths.indexOf(paths.get(i))))) {
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
