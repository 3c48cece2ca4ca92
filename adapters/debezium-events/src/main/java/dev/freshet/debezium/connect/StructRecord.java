// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.connect;

import dev.freshet.debezium.event.EventRecord;
import dev.freshet.debezium.value.Fields;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** A record of Debezium's engine. */
public final class StructRecord implements EventRecord {
    private final SourceRecord record;

    public StructRecord(SourceRecord record) {
        this.record = record;
    }

    @Override
    public Fields value() {
        return record.value() == null ? null : new StructFields((Struct) record.value());
    }

    @Override
    public boolean hasHeader(String name) {
        return record.headers().lastWithName(name) != null;
    }

    @Override
    public Map<String, ?> offset() {
        return record.sourceOffset() == null ? Map.of() : record.sourceOffset();
    }
}
