// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.rows.Cause;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.debezium.json.MappedTables;
import dev.freshet.model.mapping.EntityMapping;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.Map;

/** Writes evictions as JSON, one per line. */
final class EvictionWriter {
    private final MappedTables tables;
    private final JsonGenerator json;
    private final Map<Eviction.Kind, Long> written = new EnumMap<>(Eviction.Kind.class);

    EvictionWriter(Writer out, MappedTables tables) throws IOException {
        this.tables = tables;
        this.json = new JsonFactory().createGenerator(out);
        json.setRootValueSeparator(null);
    }

    void write(Eviction eviction) throws IOException {
        json.writeStartObject();
        target(eviction);
        json.writeStringField("reason", eviction.reason().toString());
        Cause cause = eviction.cause();
        EntityMapping entity = tables.entity(cause.table());
        json.writeStringField("entity", entity.name());
        json.writeObjectFieldStart("cause");
        json.writeStringField("table", cause.table().toString());
        json.writeStringField("op", cause.operation().toString());
        json.writeObjectFieldStart("id");
        for (Map.Entry<String, String> column : cause.id().entrySet()) {
            json.writeStringField(column.getKey(), column.getValue());
        }
        json.writeEndObject();
        if (cause.origin().txId() != EventCodec.UNKNOWN) {
            json.writeNumberField("tx", cause.origin().txId());
        }
        if (cause.origin().lsn() != null) {
            json.writeStringField("lsn", cause.origin().lsn().toString());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void target(Eviction eviction) throws IOException {
        written.merge(eviction.kind(), 1L, Long::sum);
        json.writeStringField(eviction.kind().toString(), eviction.name());
        if (eviction.owner().isPresent()) {
            json.writeStringField("isolate", eviction.owner().get().value());
        }
    }

    void flush() throws IOException {
        json.flush();
    }

    /** How much was written, such as {@code 3 keys, 1 tag, 0 patterns}. */
    String total() {
        long patterns = count(Eviction.Kind.KEYS) + count(Eviction.Kind.TAGS);
        return Summary.count(count(Eviction.Kind.KEY), "key") + ", " + Summary.count(count(Eviction.Kind.TAG), "tag")
                + ", " + Summary.count(patterns, "pattern");
    }

    private long count(Eviction.Kind kind) {
        return written.getOrDefault(kind, 0L);
    }
}
