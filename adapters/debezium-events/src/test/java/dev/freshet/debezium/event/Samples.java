// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.debezium.value.Placeholders;
import dev.freshet.debezium.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** A type of column, and random values of it, which may be null, a placeholder, or no value of the type. */
record Samples(Schema schema, Function<Random, Object> value) {
    private static final String PLACEHOLDER = Placeholders.DEBEZIUM;
    private static final byte[] BYTES = PLACEHOLDER.getBytes(StandardCharsets.UTF_8);
    private static final Schema VARIABLE = SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", Schema.INT32_SCHEMA)
            .field("value", Schema.BYTES_SCHEMA)
            .optional()
            .build();
    private static final Schema POINT = SchemaBuilder.struct()
            .name("io.debezium.data.geometry.Point")
            .field("x", Schema.FLOAT64_SCHEMA)
            .field("y", Schema.OPTIONAL_FLOAT32_SCHEMA)
            .field("wkb", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("price", Decimal.builder(2).optional().build())
            .optional()
            .build();
    private static final long DAY = 86_400_000L;

    static final List<Samples> ALL = List.of(
            of(
                    SchemaBuilder.string().name(ValueType.TEXT),
                    r -> pick(r, text(r), PLACEHOLDER, Placeholders.ABSENT, Placeholders.UNCHANGED)),
            of(SchemaBuilder.string(), r -> pick(r, text(r), PLACEHOLDER)),
            of(SchemaBuilder.string().name("io.debezium.data.Uuid"), r -> pick(r, "a-b-c", PLACEHOLDER)),
            of(SchemaBuilder.string().name("io.debezium.data.Json"), r -> pick(r, "{\"a\": 1.50}", PLACEHOLDER)),
            of(SchemaBuilder.bool(), Random::nextBoolean),
            of(SchemaBuilder.int8(), r -> (byte) r.nextInt()),
            of(SchemaBuilder.int16(), r -> (short) r.nextInt()),
            of(SchemaBuilder.int32(), Random::nextInt),
            of(SchemaBuilder.int64(), Random::nextLong),
            of(SchemaBuilder.float32(), r -> pick(r, r.nextFloat(), 1f, 1e20f, Float.NaN, r.nextFloat() * 1e9f)),
            of(SchemaBuilder.float64(), r -> pick(r, r.nextDouble(), 1d, 2e-3, 1e300, Double.NEGATIVE_INFINITY)),
            of(SchemaBuilder.bytes(), r -> pick(r, bytes(r), ByteBuffer.wrap(bytes(r)), ByteBuffer.wrap(BYTES), BYTES)),
            of(
                    Decimal.builder(3),
                    r -> new BigDecimal(new BigInteger(80, r).subtract(BigInteger.ONE.shiftLeft(79)), 3)),
            new Samples(
                    VARIABLE,
                    r -> new Struct(VARIABLE).put("scale", r.nextInt(5)).put("value", unscaled(r))),
            new Samples(
                    POINT,
                    r -> new Struct(POINT)
                            .put("x", r.nextInt(3) / 2.0)
                            .put("y", r.nextBoolean() ? null : r.nextFloat())
                            .put("wkb", r.nextBoolean() ? null : bytes(r))
                            .put("price", r.nextBoolean() ? null : new BigDecimal("1.50"))),
            of(Date.builder(), r -> new java.util.Date(DAY * (r.nextInt(2_000_000) - 1_000_000))),
            of(Time.builder(), r -> new java.util.Date(r.nextInt((int) DAY))),
            of(Timestamp.builder(), r -> new java.util.Date(r.nextLong() >> 16)),
            of(named(SchemaBuilder.int32(), "Date"), r -> r.nextInt(2_000_000) - 1_000_000),
            of(named(SchemaBuilder.int32(), "Time"), r -> r.nextInt(100_000_000)),
            of(named(SchemaBuilder.int64(), "MicroTime"), r -> pick(r, (long) r.nextInt(), DAY * 1000, DAY * 999)),
            of(named(SchemaBuilder.int64(), "NanoTime"), r -> pick(r, r.nextLong(), 1_000_000_001L)),
            of(named(SchemaBuilder.int64(), "Timestamp"), r -> r.nextLong() >> 16),
            of(named(SchemaBuilder.int64(), "MicroTimestamp"), r -> pick(r, r.nextLong(), 9_223_372_036_825_200_000L)),
            of(named(SchemaBuilder.int64(), "NanoTimestamp"), Random::nextLong),
            of(
                    named(SchemaBuilder.string(), "ZonedTimestamp"),
                    r -> pick(r, "2026-02-03T04:05:06.5+02:00", "infinity", "-0043-01-01T00:00:00Z", "", PLACEHOLDER)),
            of(named(SchemaBuilder.string(), "IsoTimestamp"), r -> pick(r, "2026-02-03T04:05:06Z", "soon")),
            of(named(SchemaBuilder.string(), "IsoDate"), r -> "2026-02-03Z"),
            of(named(SchemaBuilder.string(), "Date"), Samples::text),
            of(
                    SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA),
                    r -> pick(r, Arrays.asList(text(r), null, text(r)), List.of(PLACEHOLDER), List.of())),
            of(SchemaBuilder.array(Schema.BOOLEAN_SCHEMA), r -> List.of(true, r.nextBoolean())),
            of(SchemaBuilder.array(Schema.BYTES_SCHEMA), r -> List.of(ByteBuffer.wrap(pick(r, bytes(r), BYTES)))),
            of(
                    SchemaBuilder.array(Schema.INT32_SCHEMA),
                    r -> pick(r, List.of(1, -2), PLACEHOLDER.chars().boxed().toList())),
            of(
                    SchemaBuilder.array(Schema.INT64_SCHEMA),
                    r -> pick(
                            r,
                            List.of(1L, -2L),
                            PLACEHOLDER.chars().mapToObj(c -> (long) c).toList())),
            of(SchemaBuilder.array(Decimal.schema(1)), r -> List.of(new BigDecimal("1.5"))),
            of(SchemaBuilder.array(named(SchemaBuilder.int32(), "Date").build()), r -> List.of(1, 20487)),
            of(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA), Samples::map));

    /** A value, or null. */
    Object next(Random random) {
        return random.nextInt(5) == 0 ? null : value.apply(random);
    }

    private static Samples of(SchemaBuilder schema, Function<Random, Object> value) {
        return new Samples(schema.optional().build(), value);
    }

    private static SchemaBuilder named(SchemaBuilder schema, String name) {
        return schema.name("io.debezium.time." + name);
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private static String text(Random random) {
        return pick(
                random, "", "a", "null", "NULL", "b c", "quo\"te\\", "{,}", "äöü 漢字 🙂", "line\nbreak", "2026-02-03");
    }

    private static byte[] bytes(Random random) {
        var bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] unscaled(Random random) {
        return BigInteger.valueOf(random.nextLong()).toByteArray();
    }

    private static Object map(Random random) {
        var map = new HashMap<String, String>();
        if (random.nextInt(3) == 0) {
            map.put(PLACEHOLDER, PLACEHOLDER);
        } else {
            map.put("a", random.nextBoolean() ? null : text(random));
            map.put("b", text(random));
        }
        return map;
    }
}
