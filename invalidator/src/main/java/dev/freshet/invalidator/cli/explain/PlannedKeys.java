// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Coalescer;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.model.mapping.EntityMapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * Distinct keys, each with its most specific reason.
     *
     * @param counted whether these are all
     */
    record Planned(List<Eviction> all, boolean counted) {}

    /** What a delete of the row evicts. As all rows that it is part of are found, an insert evicts the same. */
    static Planned ofDelete(Planner planner, EntityMapping entity, Row row, Relations world) {
        var distinct = new Coalescer();
        boolean counted = true;
        try {
            plan(planner, change(entity, Operation.DELETE, row, null), world, eviction -> {
                distinct.accept(eviction);
                if (distinct.size() > MOST) {
                    throw new Enough();
                }
            });
        } catch (Enough e) {
            counted = false;
        }
        var all = new ArrayList<Eviction>();
        distinct.drain(all::add);
        return new Planned(counted ? all : all.subList(0, MOST), counted);
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
