// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import java.util.regex.Pattern;

/** Parts of texts, as PostgreSQL cuts them. Characters are Unicode code points. */
final class TextParts {
    private TextParts() {}

    /**
     * Some characters, as far as there are so many.
     *
     * @param from the number of the first one, from 1
     */
    static String substring(String text, int from, int length) {
        int characters = text.codePointCount(0, text.length());
        int start = Math.min(from - 1, characters);
        int end = (int) Math.min((long) start + length, characters);
        int first = text.offsetByCodePoints(0, start);
        return text.substring(first, text.offsetByCodePoints(first, end - start));
    }

    /**
     * A field between separators; nothing if there are fewer fields.
     *
     * @param number from 1; from -1 downwards: counted from the last
     */
    static String field(String text, Pattern separator, int number) {
        String[] fields = separator.split(text, -1);
        int index = number > 0 ? number - 1 : fields.length + number;
        return index >= 0 && index < fields.length ? fields[index] : "";
    }

    /** Without the spaces at both ends. No other white space goes. */
    static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(start, end);
    }
}
