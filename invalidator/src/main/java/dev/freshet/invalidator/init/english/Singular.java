// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.english;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Guesses the singular of the last word of an English name. */
public final class Singular {
    private static final Set<String> UNCHANGED = Set.of(
            "news", "series", "species", "alias", "atlas", "canvas", "bias", "gas", "chaos", "lens", "always", "https",
            "address", "has", "was", "is", "as", "us", "dns", "sms", "gps", "os", "css", "aws", "rss", "tls", "cms");
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("people", "person"),
            Map.entry("children", "child"),
            Map.entry("men", "man"),
            Map.entry("women", "woman"),
            Map.entry("mice", "mouse"),
            Map.entry("feet", "foot"),
            Map.entry("indices", "index"),
            Map.entry("matrices", "matrix"),
            Map.entry("vertices", "vertex"),
            Map.entry("criteria", "criterion"),
            Map.entry("menus", "menu"),
            Map.entry("quizzes", "quiz"),
            Map.entry("caches", "cache"),
            Map.entry("shelves", "shelf"),
            Map.entry("halves", "half"),
            Map.entry("leaves", "leaf"),
            Map.entry("lives", "life"),
            Map.entry("knives", "knife"),
            Map.entry("heroes", "hero"));
    private static final Set<String> WITH_IE = Set.of("movies", "cookies", "calories", "selfies", "ties", "pies");

    private Singular() {}

    /** The singular; empty if the name seems to be none of a plural. */
    public static Optional<String> of(String name) {
        int start = lastWord(name);
        String word = name.substring(start);
        String lower = word.toLowerCase(Locale.ROOT);
        String singular = IRREGULAR.containsKey(lower) ? cased(IRREGULAR.get(lower), word) : regular(word, lower);
        return singular.equals(word) ? Optional.empty() : Optional.of(name.substring(0, start) + singular);
    }

    private static String regular(String word, String lower) {
        if (UNCHANGED.contains(lower) || lower.length() < 4 || !lower.endsWith("s") || ends(lower, "ss", "is", "us")) {
            return word;
        }
        if (lower.endsWith("ies") && !WITH_IE.contains(lower)) {
            return cut(word, 3) + (Character.isUpperCase(word.charAt(word.length() - 1)) ? "Y" : "y");
        }
        if (lower.endsWith("yses")) {
            return cut(word, 2) + "is";
        }
        boolean withE = ends(lower, "sses", "shes", "ches", "xes")
                || lower.endsWith("uses") && !ends(lower, "ouses", "auses", "fuses");
        return cut(word, withE ? 2 : 1);
    }

    private static boolean ends(String word, String... ends) {
        for (String end : ends) {
            if (word.endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }

    private static String cased(String word, String like) {
        if (like.equals(like.toUpperCase(Locale.ROOT))) {
            return word.toUpperCase(Locale.ROOT);
        }
        return Character.isUpperCase(like.charAt(0)) ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : word;
    }

    /** Where the last word begins, in snake_case, kebab-case or CamelCase. */
    private static int lastWord(String name) {
        for (int i = name.length() - 1; i > 0; i--) {
            char before = name.charAt(i - 1);
            if (before == '_'
                    || before == '-'
                    || Character.isUpperCase(name.charAt(i)) && Character.isLowerCase(before)) {
                return i;
            }
        }
        return 0;
    }
}
