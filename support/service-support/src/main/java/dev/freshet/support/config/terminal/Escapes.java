// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.terminal;

/**
 * Makes text that others wrote, such as ids and keys, safe to print. A terminal obeys control characters: they could change
 * its title or the lines above. Characters that change the direction of writing could hide what stands there. Each of them
 * is shown as JSON and Java write it, such as <code>&#92;u001b</code>, so that JSON stays the same JSON.
 */
public final class Escapes {
    private Escapes() {}

    /** The text on one line: line breaks and tabs are shown, too. */
    public static String line(String text) {
        return text.codePoints().allMatch(c -> isPlain(c)) ? text : escaped(text, "");
    }

    /** The text with its line breaks and tabs. */
    public static String lines(String text) {
        return text.codePoints().allMatch(c -> isPlain(c) || c == '\n' || c == '\t') ? text : escaped(text, "\n\t");
    }

    private static String escaped(String text, String kept) {
        var shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineBreak = c == '\r' && !kept.isEmpty() && text.startsWith("\n", i + 1);
            if (isPlain(c) || lineBreak || kept.indexOf(c) >= 0) {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return shown.toString();
    }

    private static boolean isPlain(int c) {
        return !Character.isISOControl(c) && !turnsOrBreaks(c);
    }

    /** Marks of direction (UAX #9), and the separators of lines and paragraphs. */
    private static boolean turnsOrBreaks(int c) {
        return c == 0x061C || c == 0x200E || c == 0x200F || c >= 0x2028 && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}
