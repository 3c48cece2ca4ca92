// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

import dev.freshet.core.stream.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Converts a column's value to the text that PostgreSQL gives for {@code column::text}. The logical types are those of
 * Kafka Connect and of Debezium ("Data type mappings" in the documentation of its PostgreSQL connector). A value
 * without a schema is taken as it prints.
 */
public final class ColumnText {
    /** Returned for a value that was not shipped. Compared by identity. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    public static final String ABSENT = new String("(absent)");

    /**
     * Stands for a value that was shipped in a form which does not tell its text. Compared by identity. {@link #of} never
     * returns it.
     */
    @SuppressWarnings("StringOperationCanBeSimplified")
    public static final String UNREADABLE = new String("(unreadable)");

    private ColumnText() {}

    /**
     * The text: null for null, {@link Row#UNAVAILABLE} for a TOAST value that the WAL left out as unchanged, {@link
     * #ABSENT} for one that was not shipped.
     *
     * @param value as {@link Fields} has it
     * @throws IllegalArgumentException if it is no value of the type; the message does not contain the value
     */
    public static String of(Object value, ValueType type) {
        if (value == null) {
            return null;
        }
        if (type.isText() && value instanceof String text) {
            return text.isEmpty() || text.charAt(0) != 0 ? text : placeholder(text);
        }
        if (Placeholders.isDebeziums(value)) {
            return Row.UNAVAILABLE;
        }
        try {
            return converted(value, type);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("is no " + type, e);
        }
    }

    private static String placeholder(String text) {
        return switch (text) {
            case Placeholders.UNCHANGED -> Row.UNAVAILABLE;
            case Placeholders.ABSENT -> ABSENT;
            default -> throw new IllegalArgumentException("is no " + ValueType.TEXT);
        };
    }

    /** The text of a value that is not null and is there. */
    static String converted(Object value, ValueType type) {
        return switch (type.logical()) {
            case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" -> TimeText.date(integer(value));
            case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
                TimeText.millis(integer(value));
            case "io.debezium.time.MicroTimestamp" -> TimeText.micros(integer(value));
            case "io.debezium.time.NanoTimestamp" -> TimeText.nanos(integer(value));
            case "io.debezium.time.ZonedTimestamp" -> TimeText.iso(string(value), "+00");
            case "io.debezium.time.IsoTimestamp" -> TimeText.iso(string(value), "");
            case "io.debezium.time.IsoDate" -> string(value).replace("Z", "");
            case "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" ->
                TimeText.time(Math.multiplyExact(integer(value), 1_000_000L));
            case "io.debezium.time.MicroTime" -> TimeText.time(Math.multiplyExact(integer(value), 1_000L));
            case "io.debezium.time.NanoTime" -> TimeText.time(integer(value));
            case "org.apache.kafka.connect.data.Decimal" -> decimal(value, type.scale());
            default -> plain(value, type);
        };
    }

    private static String plain(Object value, ValueType type) {
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Fields fields) {
            return isDecimal(fields)
                    ? decimal(fields.get("value"), Math.toIntExact(integer(fields.get("scale"))))
                    : JsonText.of(fields);
        }
        if (value instanceof List<?> list) {
            return ArrayText.of(list, type.elementOrUnknown());
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Float number) {
            return FloatText.of(number);
        }
        if (value instanceof Double number) {
            return FloatText.of(number);
        }
        if (type.isBytes()) {
            throw new IllegalArgumentException("not bytes");
        }
        return value.toString();
    }

    /** Whether it is an {@code io.debezium.data.VariableScaleDecimal}, with a schema or without. */
    private static boolean isDecimal(Fields fields) {
        return fields.has("scale") && fields.has("value") && fields.size() == 2;
    }

    private static String decimal(Object value, int scale) {
        if (value instanceof BigDecimal || value instanceof Long) {
            return plain(value, ValueType.UNKNOWN);
        }
        byte[] unscaled =
                value instanceof byte[] bytes ? bytes : Base64.getDecoder().decode(string(value));
        return new BigDecimal(new BigInteger(unscaled), scale).toPlainString();
    }

    private static long integer(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("not an integer");
    }

    private static String string(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("not a text");
    }
}
