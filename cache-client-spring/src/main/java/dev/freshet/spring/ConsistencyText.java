// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.WalPosition;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.boot.convert.DurationStyle;

/**
 * Parses levels of consistency from text: {@code eventual}, {@code bounded; max-age=500ms}, {@code session;
 * position=0/1A2B3C4}, {@code strong}. The form is the same in properties, annotations and the header {@code
 * Freshet-Consistency}.
 */
public final class ConsistencyText {
    private static final String EXPECTED =
            "expected eventual, bounded; max-age=500ms, session; position=0/1A2B3C4 or strong";
    private static final int SHOWN = 80;

    private ConsistencyText() {}

    /**
     * Parses a level.
     *
     * @throws IllegalArgumentException if the text does not have that form; the message shows the text and the expected
     *     form
     */
    public static Consistency parse(String text) {
        var parts = Arrays.stream(text.split(";", -1)).map(String::strip).toList();
        var level = parts.get(0);
        var detail = parts.size() == 2 ? parts.get(1) : "";
        if (parts.size() == 1 && level.equals("eventual")) {
            return Consistency.eventual();
        } else if (parts.size() == 1 && level.equals("strong")) {
            return Consistency.strong();
        } else if (level.equals("bounded") && detail.startsWith("max-age=")) {
            return Consistency.bounded(duration(detail.substring("max-age=".length())));
        } else if (level.equals("session") && detail.startsWith("position=")) {
            return Consistency.session(WalPosition.of(detail.substring("position=".length())));
        }
        throw new IllegalArgumentException("consistency '" + shown(text) + "': " + EXPECTED);
    }

    private static Duration duration(String text) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "max-age '" + shown(text) + "': expected a duration such as 500ms, 2s or 5m", e);
        }
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
