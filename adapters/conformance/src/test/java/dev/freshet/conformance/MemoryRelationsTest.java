// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that a change stream has delivered are looked up as those of the database are. */
class MemoryRelationsTest extends RelationsConformance {
    private static final Origin ORIGIN = new Origin(7, Lsn.ZERO, Instant.EPOCH);

    private final MemoryRelations relations = new MemoryRelations(MAPPING, new Planner(MAPPING).reads());
    private final Map<Map<String, String>, Row> parts = new HashMap<>();

    @Override
    protected Relations relations() throws Exception {
        return relations;
    }

    @Override
    protected void insert(TableName table, List<Map<String, String>> rows) {
        for (Map<String, String> row : rows) {
            relations.apply(new RowChange(table, Operation.CREATE, null, new Row(row), ORIGIN));
            if (table.equals(PART)) {
                parts.put(Map.of("id", row.get("id")), new Row(row));
            }
        }
    }

    @Override
    protected void update(TableName table, Map<String, String> key, Map<String, String> changed) {
        Row before = parts.get(key);
        Map<String, String> after = new HashMap<>(before.values());
        after.putAll(changed);
        relations.apply(new RowChange(table, Operation.UPDATE, before, new Row(after), ORIGIN));
        parts.put(key, new Row(after));
    }

    @Override
    protected void delete(TableName table, Map<String, String> key) {
        relations.apply(new RowChange(table, Operation.DELETE, parts.remove(key), null, ORIGIN));
    }
}
