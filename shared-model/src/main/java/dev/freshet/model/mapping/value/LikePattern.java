// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.value;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A pattern of LIKE, as in PostgreSQL: {@code %} stands for any text, also for none, {@code _} for one character, and a
 * backslash in front of a character for that character. Characters are Unicode code points. Immutable.
 */
public final class LikePattern {
    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;

    private final String text;
    /** Code points, and what stands for others. */
    private final int[] signs;

    private LikePattern(String text, int[] signs) {
        this.text = text;
        this.signs = signs;
    }

    /** Reads a pattern. Empty if it ends with a backslash that has nothing behind it, which PostgreSQL refuses. */
    public static Optional<LikePattern> of(String text) {
        var signs = IntStream.builder();
        boolean escaped = false;
        for (int sign : text.codePoints().toArray()) {
            if (!escaped && sign == '\\') {
                escaped = true;
                continue;
            }
            signs.add(escaped ? sign : sign == '%' ? ANY_TEXT : sign == '_' ? ANY_CHARACTER : sign);
            escaped = false;
        }
        return escaped
                ? Optional.empty()
                : Optional.of(new LikePattern(text, signs.build().toArray()));
    }

    /** Whether the whole value is like the pattern. Takes time in proportion to the length of both at most. */
    public boolean matches(String value) {
        int[] characters = value.codePoints().toArray();
        int at = 0;
        int sign = 0;
        // Where the last % stands, and what it does not cover yet.
        int open = -1;
        int rest = 0;
        while (at < characters.length) {
            if (sign < signs.length && (signs[sign] == ANY_CHARACTER || signs[sign] == characters[at])) {
                at++;
                sign++;
            } else if (sign < signs.length && signs[sign] == ANY_TEXT) {
                open = sign++;
                rest = at;
            } else if (open >= 0) {
                sign = open + 1;
                at = ++rest;
            } else {
                return false;
            }
        }
        while (sign < signs.length && signs[sign] == ANY_TEXT) {
            sign++;
        }
        return sign == signs.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LikePattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
