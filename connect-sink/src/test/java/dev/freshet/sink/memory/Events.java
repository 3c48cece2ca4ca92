// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.memory;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;

/** Events of the tables {@code shop} and {@code item}, and other records of their topics. */
public final class Events {
    public static final String PREFIX = "app";
    public static final String DATABASE = "appdb";

    public static final Schema SHOP = SchemaBuilder.struct()
            .name("app.public.shop.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    public static final Schema ITEM = SchemaBuilder.struct()
            .name("app.public.item.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("shop_id", Schema.OPTIONAL_INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
            .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();

    private Events() {}

    /** How a converter hands on a value. */
    public enum Form {
        STRUCT,
        MAP,
        TEXT,
        TEXT_WITH_SCHEMA
    }

    public static Struct shop(long id, String name) {
        return new Struct(SHOP).put("id", id).put("name", name);
    }

    public static Struct item(long id, Long shop, String name) {
        return new Struct(ITEM).put("id", id).put("shop_id", shop).put("name", name);
    }

    public static Struct source(String table, long txId) {
        return new Struct(SOURCE)
                .put("connector", "postgresql")
                .put("name", PREFIX)
                .put("db", DATABASE)
                .put("schema", "public")
                .put("table", table)
                .put("snapshot", "false")
                .put("txId", txId)
                .put("lsn", txId * 100)
                .put("ts_ms", 1_700_000_000_000L);
    }

    public static Struct event(String op, Schema row, Struct before, Struct after, Struct source) {
        Schema envelope = SchemaBuilder.struct()
                .name("app.Envelope")
                .field("before", row)
                .field("after", row)
                .field("source", SOURCE)
                .field("op", Schema.STRING_SCHEMA)
                .build();
        return new Struct(envelope)
                .put("before", before)
                .put("after", after)
                .put("source", source)
                .put("op", op);
    }

    public static Struct update(Struct before, Struct after, long txId) {
        String table = after.schema() == SHOP ? "shop" : "item";
        return event("u", after.schema(), before, after, source(table, txId));
    }

    public static SinkRecord record(String topic, int partition, long offset, Object value) {
        return record(topic, partition, offset, null, value);
    }

    public static SinkRecord record(String topic, int partition, long offset, Object key, Object value) {
        return new SinkRecord(topic, partition, null, key, null, value, offset, 0L, TimestampType.CREATE_TIME);
    }

    public static SinkRecord record(long offset, Object value) {
        return record("app.public.item", 0, offset, value);
    }

    /** The key of a row with this id. */
    public static Struct key(long id) {
        return new Struct(KEY).put("id", id);
    }

    /** The same event as another converter hands it on. */
    public static Object in(Form form, Struct event) {
        if (form == Form.STRUCT) {
            return event;
        }
        byte[] json = converter(form == Form.TEXT_WITH_SCHEMA).fromConnectData("t", event.schema(), event);
        if (form == Form.MAP) {
            SchemaAndValue value = converter(false).toConnectData("t", json);
            return value.value();
        }
        return new String(json, StandardCharsets.UTF_8);
    }

    private static JsonConverter converter(boolean schemas) {
        var converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", Boolean.toString(schemas)), false);
        return converter;
    }
}
