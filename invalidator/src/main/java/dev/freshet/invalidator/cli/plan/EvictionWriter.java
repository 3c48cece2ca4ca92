// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.rows.Cause;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.debezium.json.MappedTables;
import dev.freshet.invalidator.cli.Counted;
import dev.freshet.model.mapping.EntityMapping;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Writes evictions as JSON, one per line. */
final class EvictionWriter {
    private final JsonGenerator json;
    private final Map<String, Map<Eviction.Kind, Long>> written = new HashMap<>();

    EvictionWriter(Writer out) throws IOException {
        this.json = new JsonFactory().createGenerator(out);
        json.setRootValueSeparator(null);
    }

    /**
     * @param change what another mapping makes of it: {@code gained} or {@code lost}; empty if there is no other
     * @param tables of the mapping that evicts it
     */
    void write(String change, Eviction eviction, MappedTables tables) throws IOException {
        json.writeStartObject();
        if (!change.isEmpty()) {
            json.writeStringField("change", change);
        }
        written.computeIfAbsent(change, c -> new EnumMap<>(Eviction.Kind.class)).merge(eviction.kind(), 1L, Long::sum);
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
        json.writeStringField(eviction.kind().toString(), eviction.name());
        if (eviction.owner().isPresent()) {
            json.writeStringField("isolate", eviction.owner().get().value());
        }
    }

    void flush() throws IOException {
        json.flush();
    }

    /** How much of a change was written, such as {@code 3 keys, 1 tag, 0 patterns}. */
    String total(String change) {
        long patterns = count(change, Eviction.Kind.KEYS) + count(change, Eviction.Kind.TAGS);
        return Counted.of(count(change, Eviction.Kind.KEY), "key") + ", "
                + Counted.of(count(change, Eviction.Kind.TAG), "tag") + ", " + Counted.of(patterns, "pattern");
    }

    private long count(String change, Eviction.Kind kind) {
        return written.getOrDefault(change, Map.of()).getOrDefault(kind, 0L);
    }
}
