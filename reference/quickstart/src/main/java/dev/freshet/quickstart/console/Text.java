// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats text for limited space. Width is counted in characters; all of ours are one column wide. */
public final class Text {
    private Text() {}

    /** Wraps at spaces; a word longer than the width is not split. */
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Truncates to this many characters. If something is cut off, the last one is …. */
    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /** {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 key}, {@code 12,345 keys}. */
    public static String count(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** {@code 0.42 ms}, {@code 3.1 ms}, {@code 42 ms}, {@code 1.2 s}. */
    public static String time(Duration duration) {
        var millis = duration.toNanos() / 1e6;
        if (millis >= 1000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        var pattern = millis < 1 ? "%.2f ms" : millis < 10 ? "%.1f ms" : "%.0f ms";
        return String.format(Locale.ROOT, pattern, millis);
    }

    /** {@code ████░░░░ 4,000 of 10,000}. */
    public static String bar(long done, long total, int width) {
        var filled = total == 0 ? width : (int) (Math.min(done, total) * width / total);
        return "█".repeat(filled) + "░".repeat(width - filled) + " " + count(done) + " of " + count(total);
    }
}
