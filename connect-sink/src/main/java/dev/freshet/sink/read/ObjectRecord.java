// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.debezium.event.EventRecord;
import dev.freshet.debezium.value.Fields;
import java.util.Map;

/**
 * A record of a topic. Its headers do not count: they tell which two records are the halves of an update that changed a
 * key, but these have different keys, and so may lie in different partitions. Each half is a change of its own, a delete
 * and a create, and together they evict at least what the update would.
 */
record ObjectRecord(Fields value) implements EventRecord {
    @Override
    public boolean hasHeader(String name) {
        return false;
    }

    @Override
    public Map<String, ?> offset() {
        return Map.of();
    }
}
