// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

import java.util.List;

/**
 * A kind of finding in words, for people.
 *
 * @param title what is wrong, in a few words
 * @param expected what was expected instead, in a few words
 * @param meaning what it means, in sentences
 * @param danger what happens if it stays as it is
 * @param action what to do about it
 */
public record Explanation(String title, String expected, String meaning, String danger, String action) {
    private static final int PARTS = 3;

    /**
     * An explanation from its text.
     *
     * @param text three paragraphs, with an empty line between them: meaning, danger, action. Lines within a paragraph
     *     are joined
     * @throws IllegalArgumentException if there are not three
     */
    static Explanation of(String title, String expected, String text) {
        List<String> parts = text.strip()
                .lines()
                .map(String::strip)
                .reduce("", Explanation::joined)
                .lines()
                .toList();
        if (parts.size() != PARTS) {
            throw new IllegalArgumentException(title + ": " + parts.size() + " paragraphs, expected " + PARTS);
        }
        return new Explanation(title, expected, parts.get(0), parts.get(1), parts.get(2));
    }

    private static String joined(String before, String line) {
        if (line.isEmpty()) {
            return before + "\n";
        }
        return before.isEmpty() || before.endsWith("\n") ? before + line : before + " " + line;
    }
}
