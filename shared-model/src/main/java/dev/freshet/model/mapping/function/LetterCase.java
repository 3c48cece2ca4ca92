// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Lower and upper case. Programs and databases differ for letters that are not ASCII, so there may be three texts: by
 * Unicode's rules for whole texts (ß is SS, a final Σ is ς), letter by letter, and with ASCII letters alone converted.
 */
final class LetterCase {
    private static final int ASCII = 128;

    private LetterCase() {}

    static List<String> lower(String text) {
        return texts(text, text.toLowerCase(Locale.ROOT), Character::toLowerCase);
    }

    static List<String> upper(String text) {
        return texts(text, text.toUpperCase(Locale.ROOT), Character::toUpperCase);
    }

    private static List<String> texts(String text, String whole, IntUnaryOperator letter) {
        if (text.chars().allMatch(c -> c < ASCII)) {
            return List.of(whole);
        }
        return Stream.of(whole, converted(text, letter), converted(text, c -> c < ASCII ? letter.applyAsInt(c) : c))
                .distinct()
                .toList();
    }

    private static String converted(String text, IntUnaryOperator letter) {
        return text.codePoints()
                .map(letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
