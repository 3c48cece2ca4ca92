// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.invalidator.plan.Coalescer;
import dev.freshet.invalidator.plan.Eviction;
import dev.freshet.invalidator.plan.MemoryRelations;
import dev.freshet.invalidator.plan.Planner;
import dev.freshet.invalidator.plan.RowChange;
import dev.freshet.invalidator.plan.TransactionPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plans a change stream, transaction by transaction, over rows learned from the stream itself. Events one after another
 * with the same transaction id are one transaction; an event without one is a transaction of its own.
 */
final class StreamPlan {
    /** How many changes of one transaction are held; a longer one is planned in pieces. */
    private static final int PIECE = 50_000;

    private final Planner planner;
    private final MemoryRelations rows;
    private final LearnedRows learned;
    private final Consumer<Eviction> out;
    private final Coalescer coalescer = new Coalescer();
    private final List<RowChange> pending = new ArrayList<>();
    private TransactionPlanner transaction;
    private long txId = EventParser.UNKNOWN;
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

    /** A row that a snapshot found: nothing is stale because of it. */
    void seen(RowChange row) {
        end();
        rows.apply(row);
    }

    void changed(RowChange change) throws BadEventException {
        long tx = change.origin().txId();
        if (transaction != null && (tx != txId || tx == EventParser.UNKNOWN)) {
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

    /** Ends the transaction that is open, if any, and hands over its evictions. */
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
