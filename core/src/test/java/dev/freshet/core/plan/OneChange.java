// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Lsn;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans single changes, and prints what they evict: {@code key a:1}, {@code keys a:*}. */
final class OneChange {
    private static final Origin ORIGIN = new Origin(1, new Lsn(1), Instant.EPOCH);

    private final Planner planner;
    private final MemoryRelations rows;

    OneChange(String yaml) {
        Mapping mapping = MappingParser.parse("test.yaml", new StringReader(yaml));
        planner = new Planner(mapping);
        rows = new MemoryRelations(mapping, planner.reads());
    }

    /** A row around the change, as look-ups find it. */
    void exists(String table, Map<String, String> row) {
        rows.apply(change(table, Operation.CREATE, null, row));
    }

    List<String> insert(String table, Map<String, String> row) {
        return plan(change(table, Operation.CREATE, null, row));
    }

    List<String> update(String table, Map<String, String> before, Map<String, String> after) {
        return plan(change(table, Operation.UPDATE, before, after));
    }

    List<String> delete(String table, Map<String, String> row) {
        return plan(change(table, Operation.DELETE, row, null));
    }

    private static RowChange change(
            String table, Operation operation, Map<String, String> before, Map<String, String> after) {
        return new RowChange(
                TableName.of(table),
                operation,
                before == null ? null : new Row(before),
                after == null ? null : new Row(after),
                ORIGIN);
    }

    private List<String> plan(RowChange change) {
        var evictions = new ArrayList<String>();
        planner.begin(rows).plan(List.of(change), eviction -> evictions.add(eviction.kind() + " " + eviction.name()));
        return evictions.stream().distinct().toList();
    }
}
