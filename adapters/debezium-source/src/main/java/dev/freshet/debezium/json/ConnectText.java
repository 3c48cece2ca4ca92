// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.stream.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Converts values of Debezium's JSON envelope to PostgreSQL's text form. The logical types are those of Kafka Connect
 * and of Debezium ("Data type mappings" in the documentation of its PostgreSQL connector).
 */
final class ConnectText {
    static final String UNAVAILABLE = "__debezium_unavailable_value";

    private static final String UNAVAILABLE_BYTES =
            Base64.getEncoder().encodeToString(UNAVAILABLE.getBytes(StandardCharsets.UTF_8));
    private static final long MILLION = 1_000_000L;
    private static final long BILLION = 1_000_000_000L;

    private ConnectText() {}

    /**
     * The text of a value: null for null, {@link Row#UNAVAILABLE} for a value that the WAL left out.
     *
     * @param field the schema of the field, or a missing node
     */
    static String of(JsonNode value, JsonNode field) throws BadEventException {
        if (value.isNull()) {
            return null;
        }
        if (isUnavailable(value)) {
            return Row.UNAVAILABLE;
        }
        String logical = field.path("name").asText("");
        try {
            String text = logical(value, logical, field);
            return text != null ? text : plain(value, field.path("type").asText(""));
        } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
            throw new BadEventException("a value is no " + logical);
        }
    }

    private static boolean isUnavailable(JsonNode value) {
        if (value.isArray()) {
            return value.size() == 1 && isUnavailable(value.get(0));
        }
        return value.isTextual()
                && (value.textValue().equals(UNAVAILABLE) || value.textValue().equals(UNAVAILABLE_BYTES));
    }

    private static String plain(JsonNode value, String type) {
        if (type.equals("bytes")) {
            return "\\x" + HexFormat.of().formatHex(Base64.getDecoder().decode(value.asText()));
        }
        if (value.isObject() && value.size() == 2 && value.has("scale") && value.has("value")) {
            return decimal(value.path("value"), value.path("scale").asInt());
        }
        if (value.isBigDecimal()) {
            return value.decimalValue().toPlainString();
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    /** The text of a value of a logical type, or null if the type needs no conversion. */
    private static String logical(JsonNode value, String logical, JsonNode field) {
        return switch (logical) {
            case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" ->
                LocalDate.ofEpochDay(integer(value)).toString();
            case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
                timestamp(Math.multiplyExact(integer(value), 1000));
            case "io.debezium.time.MicroTimestamp" -> timestamp(integer(value));
            case "io.debezium.time.NanoTimestamp" -> timestamp(Math.floorDiv(integer(value), 1000));
            case "io.debezium.time.ZonedTimestamp", "io.debezium.time.IsoTimestamp" -> zoned(value.asText(), logical);
            case "io.debezium.time.IsoDate" -> value.asText().replace("Z", "");
            case "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" -> time(integer(value) * MILLION);
            case "io.debezium.time.MicroTime" -> time(integer(value) * 1000);
            case "io.debezium.time.NanoTime" -> time(integer(value));
            case "org.apache.kafka.connect.data.Decimal" ->
                decimal(value, field.path("parameters").path("scale").asInt());
            case "io.debezium.data.VariableScaleDecimal" ->
                decimal(value.path("value"), value.path("scale").asInt());
            default -> null;
        };
    }

    private static long integer(JsonNode value) {
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("not an integer");
        }
        return value.longValue();
    }

    private static String decimal(JsonNode value, int scale) {
        if (value.isNumber()) {
            return value.decimalValue().toPlainString();
        }
        return new BigDecimal(new BigInteger(Base64.getDecoder().decode(value.asText())), scale).toPlainString();
    }

    private static String timestamp(long micros) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, MILLION), Math.floorMod(micros, MILLION) * 1000);
        LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return local.toLocalDate() + " " + clock(local.toLocalTime());
    }

    private static String zoned(String iso, String logical) {
        if (!Character.isDigit(iso.charAt(0))) {
            return iso; // infinity
        }
        LocalDateTime local =
                OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        String zone = logical.endsWith("ZonedTimestamp") ? "+00" : "";
        return local.toLocalDate() + " " + clock(local.toLocalTime()) + zone;
    }

    private static String time(long nanos) {
        return nanos == 86_400 * BILLION ? "24:00:00" : clock(LocalTime.ofNanoOfDay(nanos));
    }

    /** As PostgreSQL prints it: always with seconds, and without trailing zeros in the fraction. */
    private static String clock(LocalTime time) {
        String seconds = String.format("%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        int micros = time.getNano() / 1000;
        return micros == 0
                ? seconds
                : seconds + "." + String.format("%06d", micros).replaceAll("0+$", "");
    }
}
