// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import dev.freshet.core.plan.Coalescer;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.LookUpException;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a batch of records makes stale. Nothing here depends on their order: each change is planned by itself, from its two
 * images alone. Where keys are made from several rows, no row is looked up, because no look-up is known to be of a world
 * in which the changes of other partitions have, or have not, been planned: all keys of the template are evicted.
 */
final class SinkBatch {
    private static final long NONE = -1;
    /** Ids of transactions as the WAL has them; smaller ones are PostgreSQL's own. */
    private static final long FIRST_ID = 3;

    private static final long LAST_ID = 0xFFFF_FFFFL;
    private static final Relations NO_LOOK_UPS = (table, columns, tuples, found) -> {
        throw new LookUpException(new UnsupportedOperationException("rows of several tables are not joined here"));
    };

    private final Planner planner;
    private final Coalescer evictions = new Coalescer();
    private final Set<Long> transactions = new HashSet<>();
    private final Set<String> snapshots = new LinkedHashSet<>();
    private boolean unknownTransaction;
    private String loss;

    SinkBatch(Planner planner) {
        this.planner = planner;
    }

    void add(RowChange change) {
        plan(change);
        gate(change.origin().txId());
    }

    /** Everything that any change of the table could make stale. */
    void addAllOf(TableName table) {
        plan(new RowChange(table, Operation.TRUNCATE, null, null, new Origin(NONE, null, Instant.EPOCH)));
        unknownTransaction = true;
    }

    /** A snapshot of the source connector: what it has missed before is unknown. */
    void addSnapshot(String snapshot) {
        snapshots.add(snapshot);
    }

    /** Something is missing, and nobody knows what. */
    void lost(String why) {
        loss = loss == null ? why : loss;
    }

    private void plan(RowChange change) {
        try {
            planner.begin(NO_LOOK_UPS).plan(List.of(change), evictions);
        } catch (RuntimeException e) {
            lost("a change of " + change.table() + " cannot be planned: "
                    + e.getClass().getSimpleName());
        }
    }

    private void gate(long txId) {
        if (txId >= FIRST_ID && txId <= LAST_ID) {
            transactions.add(txId);
        } else {
            unknownTransaction = true;
        }
    }

    boolean isEmpty() {
        return evictions.size() == 0
                && transactions.isEmpty()
                && snapshots.isEmpty()
                && loss == null
                && !unknownTransaction;
    }

    Coalescer evictions() {
        return evictions;
    }

    Set<Long> transactions() {
        return transactions;
    }

    /** Whether a change does not tell its transaction. */
    boolean hasUnknownTransaction() {
        return unknownTransaction;
    }

    Set<String> snapshots() {
        return snapshots;
    }

    /** Null if nothing is missing. */
    String loss() {
        return loss;
    }
}
