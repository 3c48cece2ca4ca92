// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.value;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** The order of numbers, and of dates and time stamps, told from what PostgreSQL prints. */
public final class PrintedOrder {
    /** Of a length that takes no time to compare. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,500}(?:\\.[0-9]{1,500})?");

    private PrintedOrder() {}

    /**
     * Whether one value is less than another. Empty if that cannot be told: of NaN and infinity, of years before Christ, of
     * very long numbers, of two kinds of values, and of texts.
     */
    public static Optional<Boolean> isLess(String one, String other) {
        if (isNumber(one) && isNumber(other)) {
            return Optional.of(new BigDecimal(one).compareTo(new BigDecimal(other)) < 0);
        }
        Optional<LocalDateTime> later = TimeText.read(other, null);
        return later.flatMap(end -> TimeText.read(one, null).map(start -> start.isBefore(end)));
    }

    /** Whether the text is a number in decimal digits. */
    public static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Whether the text is a date or a time stamp. */
    public static boolean isTime(String text) {
        return TimeText.read(text, null).isPresent();
    }
}
