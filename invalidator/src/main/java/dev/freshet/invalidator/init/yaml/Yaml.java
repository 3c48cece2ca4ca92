// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes text so that every YAML reader reads the same text, whatever is in it. */
public final class Yaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");
    /** Plain words that some readers take for something else than text. */
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf");

    private static final int BEYOND_16_BITS = 0x10000;

    private Yaml() {}

    /** The text, quoted only if it must be. */
    public static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT)) ? text : quoted(text);
    }

    /** The text in double quotes. */
    public static String quoted(String text) {
        return '"' + escaped(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** One text as a scalar, several as a list. */
    public static String list(List<String> texts) {
        return texts.size() == 1
                ? scalar(texts.get(0))
                : texts.stream().map(Yaml::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The text for a comment: on one line, whatever is in it. */
    public static String comment(String text) {
        return escaped(text);
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isVisible(c)) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append(c < BEYOND_16_BITS ? String.format("\\u%04X", c) : String.format("\\U%08X", c));
            }
        });
        return escaped.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
