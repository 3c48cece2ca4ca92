// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.invalidator.cli.explain.RowExplanation.Keys;
import dev.freshet.model.mapping.EntityMapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Asks the planner what one change evicts. */
final class PlannedKeys {
    /** More are not counted. */
    static final int MOST = 100_000;

    private static final Origin NOWHERE = new Origin(EventCodec.UNKNOWN, null, Instant.EPOCH);

    private PlannedKeys() {}

    /** Ends the planning: enough was seen. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    /** What a delete of the row evicts. As all rows that it is part of are found, an insert evicts the same. */
    static Keys ofDelete(Planner planner, EntityMapping entity, Row row, Relations world, int shown) {
        Set<String> names = new HashSet<>();
        var first = new ArrayList<Eviction>();
        boolean counted = true;
        try {
            plan(planner, change(entity, Operation.DELETE, row, null), world, eviction -> {
                if (names.add(eviction.kind() + eviction.name())) {
                    if (names.size() > MOST) {
                        throw new Enough();
                    }
                    if (first.size() < shown) {
                        first.add(eviction);
                    }
                }
            });
        } catch (Enough e) {
            counted = false;
        }
        return new Keys(first, Math.min(names.size(), MOST), counted);
    }

    static List<Eviction> of(Planner planner, RowChange change, Relations world) {
        var evictions = new ArrayList<Eviction>();
        plan(planner, change, world, evictions::add);
        return evictions;
    }

    static RowChange change(EntityMapping entity, Operation operation, Row before, Row after) {
        return new RowChange(entity.table(), operation, before, after, NOWHERE);
    }

    private static void plan(Planner planner, RowChange change, Relations world, Consumer<Eviction> evictions) {
        planner.begin(world).plan(List.of(change), evictions);
    }
}
