// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoEra;
import java.time.temporal.ChronoField;

/** Prints dates and times as PostgreSQL does with {@code DateStyle = ISO} and {@code TimeZone = UTC}. */
final class TimeText {
    private static final long MILLION = 1_000_000L;
    private static final long DAY = 86_400_000_000_000L;

    /** What Debezium sends for infinity in place of a number of milliseconds, microseconds or nanoseconds. */
    private static final long INFINITY = 9_223_372_036_825_200_000L;

    private static final long MINUS_INFINITY = -9_223_372_036_832_400_000L;

    /** PostgreSQL's timestamps end before it. */
    private static final int BEYOND = 300_000;

    private TimeText() {}

    static String date(long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return day(date) + era(date);
    }

    static String millis(long millis) {
        return isInfinite(millis) ? infinity(millis) : timestamp(Instant.ofEpochMilli(millis));
    }

    static String micros(long micros) {
        return isInfinite(micros)
                ? infinity(micros)
                : timestamp(
                        Instant.ofEpochSecond(Math.floorDiv(micros, MILLION), Math.floorMod(micros, MILLION) * 1000));
    }

    static String nanos(long nanos) {
        return isInfinite(nanos) ? infinity(nanos) : micros(Math.floorDiv(nanos, 1000));
    }

    /** A time stamp in ISO 8601. */
    static String iso(String iso, String zone) {
        if (iso.endsWith("infinity")) {
            return iso;
        }
        LocalDateTime time =
                OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        if (Math.abs(time.getYear()) > BEYOND) {
            return infinity(time.getYear());
        }
        return text(time, zone);
    }

    static String time(long nanosOfDay) {
        return nanosOfDay == DAY ? "24:00:00" : clock(LocalTime.ofNanoOfDay(nanosOfDay));
    }

    private static boolean isInfinite(long number) {
        return number == INFINITY || number == MINUS_INFINITY;
    }

    private static String infinity(long sign) {
        return sign < 0 ? "-infinity" : "infinity";
    }

    private static String timestamp(Instant instant) {
        return text(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), "");
    }

    private static String text(LocalDateTime time, String zone) {
        return day(time.toLocalDate()) + " " + clock(time.toLocalTime()) + zone + era(time.toLocalDate());
    }

    private static String day(LocalDate date) {
        return String.format(
                "%04d-%02d-%02d", date.get(ChronoField.YEAR_OF_ERA), date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(LocalDate date) {
        return date.getEra() == IsoEra.BCE ? " BC" : "";
    }

    /** Always with seconds, and without trailing zeros in the fraction. */
    private static String clock(LocalTime time) {
        String seconds = String.format("%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        int micros = time.getNano() / 1000;
        return micros == 0
                ? seconds
                : seconds + "." + String.format("%06d", micros).replaceAll("0+$", "");
    }
}
