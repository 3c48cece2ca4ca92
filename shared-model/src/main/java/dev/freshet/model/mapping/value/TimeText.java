// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads dates and time stamps as PostgreSQL prints them. */
public final class TimeText {
    private static final int NANOS = 9;
    private static final Pattern DATE = Pattern.compile("([0-9]{4,7})-([0-9]{2})-([0-9]{2})");
    private static final Pattern TIMESTAMP = Pattern.compile("(" + DATE.pattern() + ")[ T]"
            + "([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))?(Z|[+-][0-9]{2}(?::?[0-9]{2}(?::[0-9]{2})?)?)?");

    private TimeText() {}

    /**
     * The local time that a text stands for. A time stamp without a zone counts as UTC, a date as its first moment. Empty
     * for infinity, for years before Christ, for a date that would have to be converted to a zone, and for any other text.
     *
     * @param zone the zone to convert to; null for UTC
     */
    public static Optional<LocalDateTime> read(String text, ZoneId zone) {
        Matcher timestamp = TIMESTAMP.matcher(text);
        Matcher date = DATE.matcher(text);
        try {
            if (timestamp.matches()) {
                return Optional.of(timestamp(timestamp, zone));
            }
            return zone == null && date.matches() ? Optional.of(date(date, 0).atStartOfDay()) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime timestamp(Matcher text, ZoneId zone) {
        LocalTime time = LocalTime.of(number(text, 5), number(text, 6), number(text, 7), nanos(text.group(8)));
        ZoneOffset offset = text.group(9) == null ? ZoneOffset.UTC : ZoneOffset.of(text.group(9));
        return date(text, 1)
                .atTime(time)
                .atOffset(offset)
                .atZoneSameInstant(zone == null ? ZoneOffset.UTC : zone)
                .toLocalDateTime();
    }

    /** @param fraction digits after the point; null if there are none */
    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt(fraction + "0".repeat(NANOS - fraction.length()));
    }

    /** @param before the number of groups before those of the date */
    private static LocalDate date(Matcher text, int before) {
        return LocalDate.of(number(text, before + 1), number(text, before + 2), number(text, before + 3));
    }

    private static int number(Matcher text, int group) {
        return Integer.parseInt(text.group(group));
    }
}
