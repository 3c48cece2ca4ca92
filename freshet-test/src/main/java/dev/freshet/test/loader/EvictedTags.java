// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which tags the invalidator evicts for a change of a row: by its own planner. Immutable. */
final class EvictedTags {
    private final Planner planner;

    EvictedTags(Mapping mapping) {
        // Tags need no look-ups.
        planner = new Planner(mapping.withoutKeys());
    }

    /**
     * Those of one change.
     *
     * @param before null for a row that is created
     * @param after null for one that is deleted
     */
    List<Eviction.OfTag> of(TableName table, Row before, Row after) {
        var operation = before == null ? Operation.CREATE : after == null ? Operation.DELETE : Operation.UPDATE;
        var change = new RowChange(table, operation, before, after, new Origin(1, Lsn.ZERO, Instant.EPOCH));
        var evicted = new ArrayList<Eviction.OfTag>();
        planner.begin((looked, columns, tuples, found) -> {}).plan(List.of(change), eviction -> {
            if (eviction instanceof Eviction.OfTag tag) {
                evicted.add(tag);
            }
        });
        return evicted;
    }

    /** Those of one isolate. */
    static List<Tag> in(Isolate isolate, List<Eviction.OfTag> evicted) {
        return evicted.stream()
                .filter(one -> one.isolate().equals(isolate))
                .map(Eviction.OfTag::tag)
                .distinct()
                .toList();
    }
}
