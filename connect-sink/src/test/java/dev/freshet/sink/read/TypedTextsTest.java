// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.CatalogTable.Identity;
import dev.freshet.sink.memory.Events;
import dev.freshet.sink.memory.MemoryServers;
import dev.freshet.sink.memory.MemorySource;
import java.math.BigDecimal;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The column {@code name} of {@code shop} has the type that is tried. */
class TypedTextsTest {
    private static final Schema MICROS = SchemaBuilder.int64()
            .name("io.debezium.time.MicroTimestamp")
            .optional()
            .build();

    private final MemorySource database = new MemorySource(MemoryServers.mapping());
    private final RecordReader reader =
            new RecordReader(MemoryServers.mapping(), new SourceCheck(Events.PREFIX, Events.DATABASE), database, false);

    private RowChange read(Column type, Schema schema, Object before, Object after) {
        database.table("shop", Identity.FULL, Map.of("id", new Column("int8", false), "name", type));
        reader.begin();
        Schema row = SchemaBuilder.struct()
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("name", schema)
                .build();
        Struct event = Events.event(
                "u",
                row,
                new Struct(row).put("id", 1L).put("name", before),
                new Struct(row).put("id", 1L).put("name", after),
                Events.source("shop", 9));
        return ((Reading.Changed) reader.read(Events.record(0, event))).change();
    }

    private static Column type(String name) {
        return new Column(name, true);
    }

    private static Schema named(SchemaBuilder builder, String name) {
        return builder.name(name).optional().build();
    }

    static Stream<Arguments> told() {
        Schema text = Schema.OPTIONAL_STRING_SCHEMA;
        Column cents = new Column("numeric", true, OptionalInt.of(2), true);
        return Stream.of(
                Arguments.of(type("text"), text, "a ", "a "),
                Arguments.of(type("bpchar"), text, "ab  ", "ab"),
                Arguments.of(type("inet"), text, "10.0.0.1", "10.0.0.1/32"),
                Arguments.of(type("inet"), text, "::1", "::1/128"),
                Arguments.of(type("bool"), Schema.OPTIONAL_BOOLEAN_SCHEMA, true, "true"),
                Arguments.of(type("int2"), Schema.OPTIONAL_INT16_SCHEMA, (short) 3, "3"),
                Arguments.of(type("uuid"), named(SchemaBuilder.string(), "io.debezium.data.Uuid"), "u", "u"),
                Arguments.of(type("enum"), named(SchemaBuilder.string(), "io.debezium.data.Enum"), "red", "red"),
                Arguments.of(cents, Decimal.builder(2).optional().build(), new BigDecimal("1.50"), "1.50"),
                Arguments.of(cents, text, "1.50", "1.50"),
                Arguments.of(type("date"), named(SchemaBuilder.int32(), "io.debezium.time.Date"), 0, "1970-01-01"),
                Arguments.of(type("timestamp"), MICROS, 1_500_000L, "1970-01-01 00:00:01.5"),
                Arguments.of(
                        type("timestamptz"),
                        named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"),
                        "1970-01-01T02:00:00.000000+02:00",
                        "1970-01-01 00:00:00+00"),
                Arguments.of(type("bytea"), Schema.OPTIONAL_BYTES_SCHEMA, new byte[] {1, (byte) 255}, "\\x01ff"));
    }

    @ParameterizedTest
    @MethodSource
    void told(Column type, Schema schema, Object value, String text) {
        Row after = read(type, schema, value, value).after();
        assertThat(after.knows("name")).isTrue();
        assertThat(after.get("name")).isEqualTo(text);
    }

    static Stream<Arguments> untold() {
        Schema text = Schema.OPTIONAL_STRING_SCHEMA;
        Column cents = new Column("numeric", true, OptionalInt.of(2), true);
        return Stream.of(
                // decimal.handling.mode=double, and NaN as its text
                Arguments.of(cents, Schema.OPTIONAL_FLOAT64_SCHEMA, 1.5),
                Arguments.of(cents, text, "NaN"),
                Arguments.of(cents, text, "1.5"),
                // time.precision.mode=connect cuts off microseconds
                Arguments.of(type("timestamp"), Timestamp.builder().optional().build(), new Date(1)),
                Arguments.of(type("timestamp"), Schema.OPTIONAL_INT64_SCHEMA, 5L),
                Arguments.of(type("timestamp"), MICROS, 9_223_372_036_825_200_000L),
                Arguments.of(type("timetz"), named(SchemaBuilder.string(), "io.debezium.time.ZonedTime"), "10:00:00Z"),
                // binary.handling.mode=hex, hstore.handling.mode=map, interval.handling.mode=numeric
                Arguments.of(type("bytea"), text, "01ff"),
                Arguments.of(
                        type("hstore"),
                        SchemaBuilder.map(Schema.STRING_SCHEMA, text).optional().build(),
                        new HashMap<>(Map.of("a", "b"))),
                Arguments.of(type("interval"), named(SchemaBuilder.int64(), "io.debezium.time.MicroDuration"), 5L),
                // A column whose type was changed since.
                Arguments.of(type("int8"), text, "5"),
                Arguments.of(type("text"), Schema.OPTIONAL_INT64_SCHEMA, 5L));
    }

    /** In a new image it counts as not shipped, in an old one as unknown: both as changed. */
    @ParameterizedTest
    @MethodSource
    void untold(Column type, Schema schema, Object value) {
        RowChange change = read(type, schema, value, value);
        assertThat(change.after().header().missing()).containsExactly("name");
        assertThat(change.before().knows("name")).isFalse();
        assertThat(change.before().get("id")).isEqualTo("1");
        assertThat(reader.unreadValues()).isPositive();
    }

    @Test
    void withoutASchemaANumericCannotBeToldFromItsBytes() {
        database.table("shop", Identity.FULL, Map.of("id", new Column("int8", false), "name", type("numeric")));
        reader.begin();
        var event = Map.of(
                "op", "c",
                "source", Map.of("schema", "public", "table", "shop", "txId", 9L),
                "after", Map.of("id", 1L, "name", "1234"));
        RowChange change = ((Reading.Changed) reader.read(Events.record(0, event))).change();
        assertThat(change.after().header().missing()).containsExactly("name");
    }

    @Test
    void aNullThatCannotBeIsUnknown() {
        RowChange change = read(new Column("text", false), Schema.OPTIONAL_STRING_SCHEMA, "a", null);
        assertThat(change.after().header().missing()).containsExactly("name");
    }

    @Test
    void aValueThatTheLogLeftOutIsUnchanged() {
        RowChange change = read(type("text"), Schema.OPTIONAL_STRING_SCHEMA, "a", "__debezium_unavailable_value");
        assertThat(change.after().isUnavailable("name")).isTrue();
    }

    private static final Schema RED =
            SchemaBuilder.string().optional().defaultValue("red").build();

    /** A converter may have put the default in place of NULL. */
    @Test
    void aDefaultMayHaveBeenNull() {
        RowChange change = read(type("text"), RED, "red", "blue");
        assertThat(change.before().knows("name")).isFalse();
        assertThat(change.after().get("name")).isEqualTo("blue");
        assertThat(read(type("text"), RED, "blue", "red").after().header().missing())
                .containsExactly("name");
        assertThat(read(new Column("text", false), RED, "red", "red").after().get("name"))
                .as("it cannot be null")
                .isEqualTo("red");
    }

    @Test
    void theSameThroughEachConverterThatTellsTheDefault() {
        database.table("shop", Identity.FULL, Map.of("id", new Column("int8", false), "name", type("text")));
        Schema row = SchemaBuilder.struct()
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("name", RED)
                .build();
        Struct image = new Struct(row).put("id", 1L).put("name", "red");
        Struct event = Events.event("c", row, null, image, Events.source("shop", 9));
        reader.begin();
        Object text = Events.in(Events.Form.TEXT_WITH_SCHEMA, event);
        RowChange change = ((Reading.Changed) reader.read(Events.record(0, text))).change();
        assertThat(change.after().header().missing()).containsExactly("name");
    }

    @Test
    void aDefaultIsTakenAsItComesIfNullsAreKept() {
        var keeping = new RecordReader(
                MemoryServers.mapping(), new SourceCheck(Events.PREFIX, Events.DATABASE), database, true);
        database.table("shop", Identity.FULL, Map.of("id", new Column("int8", false), "name", type("text")));
        Schema row = SchemaBuilder.struct()
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("name", RED)
                .build();
        Struct image = new Struct(row).put("id", 1L).put("name", "red");
        Object event = Events.event("c", row, null, image, Events.source("shop", 9));
        keeping.begin();
        RowChange change = ((Reading.Changed) keeping.read(Events.record(0, event))).change();
        assertThat(change.after().get("name")).isEqualTo("red");
    }
}
