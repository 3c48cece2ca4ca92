// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Sums up changes row by row. A change of a row's id counts as one row deleted and another created. */
public final class Deltas {
    private final Map<TableName, Mapped> entities = new HashMap<>();

    public Deltas(Mapping mapping) {
        mapping.entities()
                .values()
                .forEach(entity -> entities.put(entity.table(), new Mapped(entity, Header.of(entity.id()))));
    }

    /** The entity of a table, and the header that rows share of which only the id is known. */
    private record Mapped(EntityMapping entity, Header id) {}

    private record RowId(EntityMapping entity, List<String> id) {
        @Override
        public boolean equals(Object other) {
            return other instanceof RowId row && entity == row.entity && id.equals(row.id);
        }

        @Override
        public int hashCode() {
            return id.hashCode() * 31 + System.identityHashCode(entity);
        }
    }

    /**
     * Sums up changes, in the order in which rows were first touched.
     *
     * @param untold receives the tables, with the change, for which the row is not known: the table was truncated, or
     *     an image lacks the id
     */
    public Collection<RowDelta> sum(List<RowChange> changes, BiConsumer<EntityMapping, RowChange> untold) {
        Map<RowId, RowDelta> deltas = new LinkedHashMap<>(changes.size() * 2);
        for (RowChange change : changes) {
            Mapped mapped = entities.get(change.table());
            if (mapped != null) {
                add(deltas, mapped, change, untold);
            }
        }
        var net = new ArrayList<RowDelta>(deltas.size());
        deltas.values().stream().filter(delta -> !delta.isNothing()).forEach(net::add);
        return net;
    }

    private static void add(
            Map<RowId, RowDelta> deltas, Mapped mapped, RowChange change, BiConsumer<EntityMapping, RowChange> untold) {
        EntityMapping entity = mapped.entity();
        if (change.operation() == Operation.TRUNCATE) {
            untold.accept(entity, change);
            return;
        }
        Row before = change.before();
        // Even part of an id may be a long value that was left out as unchanged.
        Row after = change.after() == null || before == null
                ? change.after()
                : change.after().filledFrom(before);
        if (after != null && !after.knowsAll(entity.id())) {
            untold.accept(entity, change);
            return;
        }
        if (before == null && change.operation() == Operation.UPDATE) {
            // PostgreSQL omits the old image of an update only if the columns of the replica identity did not change.
            before = after.project(mapped.id());
        }
        if (before != null && !before.knowsAll(entity.id())) {
            untold.accept(entity, change);
            return;
        }
        List<String> idBefore = before == null ? null : before.get(entity.id());
        List<String> idAfter = after == null ? null : after.get(entity.id());
        if (before != null && after != null && !idBefore.equals(idAfter)) {
            put(deltas, entity, idBefore, before, null, change.origin());
            put(deltas, entity, idAfter, null, after, change.origin());
        } else {
            put(deltas, entity, before == null ? idAfter : idBefore, before, after, change.origin());
        }
    }

    private static void put(
            Map<RowId, RowDelta> deltas, EntityMapping entity, List<String> id, Row before, Row after, Origin origin) {
        RowDelta first = deltas.putIfAbsent(new RowId(entity, id), new RowDelta(entity, id, before, after, origin));
        if (first != null) {
            first.then(after, origin);
        }
    }
}
