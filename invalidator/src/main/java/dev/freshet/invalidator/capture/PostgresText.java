// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.data.SpecialValueDecimal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.postgresql.core.Oid;
import org.postgresql.util.PGInterval;

/**
 * Values as Debezium decodes them, in the text that PostgreSQL prints for {@code column::text} in a session with
 * {@code TimeZone=UTC}, {@code DateStyle=ISO} and {@code IntervalStyle=postgres}.
 *
 * <p>Exact: integers, boolean, numeric, text types, char(n) (without its padding, as the cast gives it), uuid, date,
 * time, timestamp, timestamptz, bytea, json, jsonb, enums, arrays, bit strings, ranges, network types, and every type
 * that Debezium does not know. Arrays and ranges of timestamptz read in the server's own time zone. Not exact: timetz (its offset is lost, given in UTC), money (a bare number), and the
 * geometric types; do not build keys from those.
 */
final class PostgresText {
    private PostgresText() {}

    /**
     * The text of a value that is not null.
     *
     * @param type oid of its type, of the base type for a domain
     */
    static String of(Object value, int type) {
        if (value instanceof String text) {
            return text(text, type);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof SpecialValueDecimal decimal) {
            return decimal.getDecimalValue()
                    .map(BigDecimal::toPlainString)
                    .orElseGet(() -> FloatText.of(decimal.toDouble()));
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof PGInterval interval) {
            return IntervalText.of(interval);
        }
        String moment = moment(value);
        // Boolean, arrays (which keep PostgreSQL's literal) and whatever else has a text form of its own.
        return moment != null ? moment : value.toString();
    }

    /** The cast to text drops the padding of char(n), and gives every inet its netmask. */
    private static String text(String text, int type) {
        if (type == Oid.BPCHAR) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == ' ') {
                end--;
            }
            return text.substring(0, end);
        }
        return type == Oid.INET && text.indexOf('/') < 0 ? text + (text.indexOf(':') < 0 ? "/32" : "/128") : text;
    }

    private static String number(Number number) {
        if (number instanceof Float real) {
            return FloatText.of(real);
        }
        if (number instanceof Double real) {
            return FloatText.of(real);
        }
        return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    }

    private static String moment(Object value) {
        if (value instanceof LocalDate date) {
            return date(date);
        }
        if (value instanceof Instant instant) {
            return timestamp(instant);
        }
        if (value instanceof OffsetDateTime moment) {
            return timestamptz(moment);
        }
        if (value instanceof LocalTime time) {
            return time(time);
        }
        return value instanceof OffsetTime time ? time(time.toLocalTime()) + "+00" : null;
    }

    private static String date(LocalDate date) {
        if (date.equals(PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE)) {
            return "infinity";
        }
        if (date.equals(PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE)) {
            return "-infinity";
        }
        return day(date) + era(date);
    }

    private static String timestamp(Instant instant) {
        if (instant.equals(PostgresValueConverter.POSITIVE_INFINITY_INSTANT)) {
            return "infinity";
        }
        if (instant.equals(PostgresValueConverter.NEGATIVE_INFINITY_INSTANT)) {
            return "-infinity";
        }
        LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return day(local.toLocalDate()) + " " + time(local.toLocalTime()) + era(local.toLocalDate());
    }

    private static String timestamptz(OffsetDateTime moment) {
        if (moment.equals(PostgresValueConverter.POSITIVE_INFINITY_OFFSET_DATE_TIME)) {
            return "infinity";
        }
        if (moment.equals(PostgresValueConverter.NEGATIVE_INFINITY_OFFSET_DATE_TIME)) {
            return "-infinity";
        }
        LocalDateTime local = moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        return day(local.toLocalDate()) + " " + time(local.toLocalTime()) + "+00" + era(local.toLocalDate());
    }

    private static String day(LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        return pad(year, 4) + "-" + pad(date.getMonthValue(), 2) + "-" + pad(date.getDayOfMonth(), 2);
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    static String time(LocalTime time) {
        String seconds = pad(time.getHour(), 2) + ":" + pad(time.getMinute(), 2) + ":" + pad(time.getSecond(), 2);
        return seconds + fraction(time.getNano() / 1_000);
    }

    /** Microseconds as PostgreSQL prints them: a point and the digits, without trailing zeros. */
    static String fraction(int micros) {
        return micros == 0 ? "" : "." + pad(micros, 6).replaceAll("0+$", "");
    }

    static String pad(int number, int width) {
        String digits = Integer.toString(number);
        return digits.length() >= width ? digits : "0".repeat(width - digits.length()) + digits;
    }
}
