// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.english;

import java.util.Locale;

/** Guesses the plural of the last word of an English name. */
public final class Plural {
    private Plural() {}

    /** The plural; the name itself if it seems to be one. */
    public static String of(String name) {
        if (Singular.of(name).isPresent()) {
            return name;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        boolean upper = name.equals(name.toUpperCase(Locale.ROOT)) && !name.equals(lower);
        if (lower.matches(".*[^aeiou]y")) {
            return name.substring(0, name.length() - 1) + cased("ies", upper);
        }
        return name + cased(lower.matches(".*(s|x|z|ch|sh)") ? "es" : "s", upper);
    }

    private static String cased(String text, boolean upper) {
        return upper ? text.toUpperCase(Locale.ROOT) : text;
    }
}
