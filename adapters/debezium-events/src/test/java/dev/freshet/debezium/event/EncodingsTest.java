// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.connect.StructRecord;
import dev.freshet.debezium.json.JsonEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An event means the same as a struct and as the JSON that Connect's converter makes of it: to the row, or to the
 * message with which it is refused.
 */
class EncodingsTest {
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("schema", Schema.OPTIONAL_STRING_SCHEMA)
            .field("table", Schema.OPTIONAL_STRING_SCHEMA)
            .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .optional()
            .build();
    private static final Schema CONTENT = SchemaBuilder.struct()
            .field("prefix", Schema.OPTIONAL_STRING_SCHEMA)
            .field("content", Schema.OPTIONAL_BYTES_SCHEMA)
            .optional()
            .build();
    private static final Schema MESSAGE = SchemaBuilder.struct()
            .field("op", Schema.STRING_SCHEMA)
            .field("source", SOURCE)
            .field("message", CONTENT)
            .build();
    private static final Schema TRANSACTION = SchemaBuilder.struct()
            .field("status", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    private static final Schema HEARTBEAT =
            SchemaBuilder.struct().field("ts_ms", Schema.INT64_SCHEMA).build();
    private static final Schema STRANGE =
            SchemaBuilder.struct().field("x", Schema.INT64_SCHEMA).build();

    /** What kinds of record are tried; each must have been seen. */
    private enum Kind {
        CHANGE,
        NO_TABLE,
        KEY_CHANGE,
        HALF_OF_KEY_CHANGE,
        MESSAGE,
        TRANSACTION,
        HEARTBEAT,
        TOMBSTONE,
        STRANGE
    }

    private final JsonConverter converter = new JsonConverter();
    private final JsonEvents json = new JsonEvents();
    private final Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
    private Random random;
    private Schema row;
    private List<Samples> columns;
    private Schema envelope;
    private EventCodec ofStructs;
    private EventCodec ofJson;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyEventMeansTheSame(long seed) {
        converter.configure(Map.of("schemas.enable", "true"), false);
        random = new Random(seed);
        for (int table = 0; table < 60; table++) {
            useTable();
            for (int i = 0; i < 25; i++) {
                Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
                seen.merge(kind, 1, Integer::sum);
                attempt(kind);
            }
        }
        assertThat(seen).containsOnlyKeys(Kind.values());
    }

    @Test
    void everyTypeOfColumnMeansTheSame() {
        converter.configure(Map.of("schemas.enable", "true"), false);
        random = new Random(7);
        for (Samples one : Samples.ALL) {
            use(List.of(one), ReplicaIdentities.UNKNOWN);
            for (int i = 0; i < 50; i++) {
                attempt(Kind.CHANGE);
            }
        }
    }

    private void attempt(Kind kind) {
        switch (kind) {
            case CHANGE -> compare(change(pick("c", "u", "d", "r", "t", "x"), source("t")));
            case NO_TABLE -> compare(change("c", pick(source(null), null)));
            case KEY_CHANGE -> {
                compare(change("d", source("t")), "__debezium.newkey");
                if (random.nextBoolean()) {
                    compare(null);
                }
                compare(change("c", source("t")), "__debezium.oldkey");
            }
            case HALF_OF_KEY_CHANGE ->
                compare(change("c", source("t")), pick("__debezium.oldkey", "__debezium.newkey"));
            case MESSAGE -> compare(message());
            case TRANSACTION ->
                compare(new Struct(TRANSACTION)
                        .put("status", pick("BEGIN", "END", "SOON"))
                        .put("id", pick("771:42", "771", "x"))
                        .put("ts_ms", 1L));
            case HEARTBEAT -> compare(new Struct(HEARTBEAT).put("ts_ms", 1L));
            case TOMBSTONE -> compare(null);
            case STRANGE -> compare(new Struct(STRANGE).put("x", 1L));
        }
    }

    private void compare(Struct value, String... headers) {
        var record = new SourceRecord(Map.of(), null, "topic", value == null ? null : value.schema(), value);
        for (String header : headers) {
            record.headers().addString(header, "key");
        }
        String line = line(value, headers);
        assertThat(read(ofJson, line)).as(line).isEqualTo(read(ofStructs, record));
    }

    private String line(Struct value, String... headers) {
        String text = value == null
                ? "null"
                : new String(converter.fromConnectData("topic", value.schema(), value), StandardCharsets.UTF_8);
        if (headers.length == 0) {
            return text;
        }
        String names = random.nextBoolean()
                ? "{\"" + headers[0] + "\":{\"id\":1}}"
                : "[\"other\",\"x\",\"" + headers[0] + "\",\"x\"]";
        return "{\"headers\":" + names + ",\"key\":{},\"value\":" + text + "}";
    }

    private static Object read(EventCodec codec, SourceRecord record) {
        try {
            return meaning(codec.read(new StructRecord(record)));
        } catch (BadEventException e) {
            return e.getMessage();
        }
    }

    private Object read(EventCodec codec, String line) {
        try {
            return meaning(codec.read(json.read(line)));
        } catch (BadEventException e) {
            return e.getMessage();
        }
    }

    /** The event, with what two equal rows may differ in. */
    private static Object meaning(StreamEvent event) {
        RowChange change = event instanceof StreamEvent.Changed changed ? changed.change() : null;
        return change == null ? event : List.of(event, missing(change.before()), missing(change.after()));
    }

    private static Set<String> missing(Row row) {
        return row == null ? Set.of() : row.header().missing();
    }

    private void useTable() {
        var some = new ArrayList<Samples>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            some.add(Samples.ALL.get(random.nextInt(Samples.ALL.size())));
        }
        var all = new HashSet<>(Set.of("elsewhere"));
        for (int i = 0; i < some.size(); i++) {
            all.add("c" + i);
        }
        var identity = new ReplicaIdentity(
                pick(Optional.empty(), Optional.of(Set.<String>of()), Optional.of(part(all))),
                new HashSet<>(List.of(Set.of("c0"), part(all))),
                all);
        use(some, pick(ReplicaIdentities.UNKNOWN, table -> identity));
    }

    private void use(List<Samples> some, ReplicaIdentities identities) {
        columns = some;
        SchemaBuilder builder = SchemaBuilder.struct().name("topic.Value").optional();
        for (int i = 0; i < some.size(); i++) {
            builder.field("c" + i, some.get(i).schema());
        }
        row = builder.build();
        envelope = SchemaBuilder.struct()
                .field("before", row)
                .field("after", row)
                .field("source", SOURCE)
                .field("op", Schema.STRING_SCHEMA)
                .build();
        ofStructs = new EventCodec(EventTables.ALL, identities);
        ofJson = new EventCodec(EventTables.ALL, identities);
    }

    private Set<String> part(Set<String> all) {
        var part = new HashSet<>(Set.of("c0"));
        all.stream().sorted().filter(name -> random.nextBoolean()).forEach(part::add);
        return part;
    }

    private Struct change(String op, Struct source) {
        return new Struct(envelope)
                .put("op", op)
                .put("source", source)
                .put("before", random.nextInt(4) == 0 ? null : image())
                .put("after", random.nextInt(8) == 0 ? null : image());
    }

    private Struct image() {
        var image = new Struct(row);
        for (int i = 0; i < columns.size(); i++) {
            image.put("c" + i, columns.get(i).next(random));
        }
        return image;
    }

    private Struct source(String table) {
        return new Struct(SOURCE)
                .put("schema", pick("public", null))
                .put("table", table)
                .put("txId", pick(771L, null))
                .put("lsn", pick(42L, null))
                .put("ts_ms", pick(1_770_091_506_500L, null))
                .put("ts_us", pick(1_770_091_506_500_001L, null));
    }

    private Struct message() {
        byte[] content = "x".repeat(random.nextInt(200)).getBytes(StandardCharsets.UTF_8);
        return new Struct(MESSAGE)
                .put("op", "m")
                .put("source", pick(source(null), null))
                .put("message", pick(new Struct(CONTENT).put("prefix", "p").put("content", pick(content, null)), null));
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
