// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import dev.freshet.core.plan.Coalescer;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.TransactionPlanner;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.debezium.event.StreamEvent;
import dev.freshet.debezium.json.MappedTables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plans a change stream, transaction by transaction. It learns the rows from the stream itself. Consecutive events with
 * the same transaction id are one transaction; an event without an id is a transaction of its own.
 */
final class StreamPlan {
    /** How many changes of one transaction are held in memory. A larger transaction is planned in pieces. */
    private static final int PIECE = 50_000;

    private final Planner planner;
    private final MemoryRelations rows;
    private final LearnedRows learned;
    private final Consumer<Eviction> out;
    private final Coalescer coalescer = new Coalescer();
    private final List<RowChange> pending = new ArrayList<>();
    private TransactionPlanner transaction;
    private long txId = EventCodec.UNKNOWN;
    private long transactions;

    StreamPlan(Planner planner, MappedTables tables, MemoryRelations rows, Consumer<Eviction> out) {
        this.planner = planner;
        this.rows = rows;
        this.learned = new LearnedRows(tables, rows);
        this.out = out;
    }

    long transactions() {
        return transactions;
    }

    /** Takes what a line of the stream is; ignores what is neither a change nor a row of a snapshot. */
    void take(StreamEvent event) throws BadEventException {
        if (event instanceof StreamEvent.Changed changed) {
            changed(changed.change());
        } else if (event instanceof StreamEvent.Seen seen) {
            seen(seen.row());
        }
    }

    /** Takes a row of a snapshot. It makes nothing stale. */
    private void seen(RowChange row) {
        end();
        rows.apply(row);
    }

    private void changed(RowChange change) throws BadEventException {
        long tx = change.origin().txId();
        if (transaction != null && (tx != txId || tx == EventCodec.UNKNOWN)) {
            end();
        }
        if (transaction == null) {
            transaction = planner.begin(rows);
            txId = tx;
            transactions++;
        }
        pending.add(learned.complete(change));
        rows.apply(change);
        if (pending.size() == PIECE) {
            plan();
        }
    }

    /** Ends the open transaction, if any, and hands over its evictions. */
    void end() {
        if (transaction != null) {
            plan();
            transaction = null;
            coalescer.drain(out);
        }
    }

    private void plan() {
        try {
            transaction.plan(pending, coalescer);
        } finally {
            pending.clear();
        }
    }
}
