// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import dev.freshet.core.cache.Evicted;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The transactions that were read, and whose evictions are not accepted yet. In bounded memory. One thread at a time. */
final class OpenTransactions {
    /** Maximum number of changes, and of evictions, that are remembered per transaction. */
    private static final int REMEMBERED = 10_000;

    private final Map<TableName, List<String>> ids = new HashMap<>();
    private final RunMetrics metrics;
    private final RecentTransactions recent;
    private final Map<Long, OpenTransaction> open = new LinkedHashMap<>();
    /** The one that {@link #transaction} returned last; evictions of one transaction come one after the other. */
    private OpenTransaction last;

    private long number;

    /** What is known about a transaction so far. */
    private static final class OpenTransaction {
        private final long txId;
        private final List<RecentTransaction.Change> changes = new ArrayList<>();
        private final List<Eviction> evictions = new ArrayList<>();
        private long rows;
        private long evictionCount;
        private long keysRemoved;
        private long keysAbsent;

        private OpenTransaction(long txId) {
            this.txId = txId;
        }

        private void count(long removed, long absent) {
            keysRemoved += removed;
            keysAbsent += absent;
        }
    }

    OpenTransactions(Mapping mapping, RunMetrics metrics, RecentTransactions recent) {
        evictsBy(mapping);
        this.metrics = metrics;
        this.recent = recent;
    }

    /** The mapping says what the ids of rows are. */
    void evictsBy(Mapping mapping) {
        ids.clear();
        mapping.entities().values().forEach(entity -> ids.put(entity.table(), entity.id()));
    }

    /** A stream is opened. Open transactions are read again from their beginning. */
    void begin() {
        open.clear();
        last = null;
    }

    private OpenTransaction transaction(long txId) {
        if (last == null || last.txId != txId) {
            last = open.get(txId);
        }
        return last;
    }

    void captured(Chunk chunk) {
        OpenTransaction transaction = open.computeIfAbsent(chunk.txId(), OpenTransaction::new);
        transaction.rows += chunk.changes().size();
        metrics.captured(chunk.changes());
        for (RowChange change : chunk.changes()) {
            if (transaction.changes.size() == REMEMBERED) {
                break;
            }
            transaction.changes.add(note(change));
        }
    }

    void planned(Eviction eviction) {
        metrics.planned(eviction);
        OpenTransaction transaction = transaction(eviction.cause().origin().txId());
        transaction.evictionCount++;
        if (transaction.evictions.size() < REMEMBERED) {
            transaction.evictions.add(eviction);
        }
    }

    /**
     * Counts removed keys, and named ones that were not there. A report has details of its first evictions only. The keys
     * that they do not account for are attributed to the transaction with the most evictions.
     */
    void evicted(EvictionReport report) {
        long removed = report.entries() + report.keys();
        long absent = report.absent();
        for (Evicted one : report.evicted()) {
            transaction(one.eviction().cause().origin().txId()).count(one.count(), one.absent());
            removed -= one.count();
            absent -= one.absent();
        }
        if (removed > 0 || absent > 0) {
            long removedToo = removed;
            long absentToo = absent;
            open.values().stream()
                    .max(Comparator.comparingLong(transaction -> transaction.evictionCount))
                    .ifPresent(transaction -> transaction.count(removedToo, absentToo));
        }
    }

    /** Redis has accepted everything of the transaction. */
    void accepted(long txId, Commit commit, Instant now) {
        OpenTransaction transaction = open.remove(txId);
        last = null;
        if (transaction == null || transaction.rows == 0) {
            return;
        }
        var done = new RecentTransaction(
                ++number,
                txId,
                commit.lsn(),
                transaction.rows,
                commit.at(),
                now,
                List.copyOf(transaction.changes),
                List.copyOf(transaction.evictions),
                transaction.evictionCount,
                transaction.keysRemoved,
                transaction.keysAbsent);
        recent.add(done);
        metrics.accepted(done);
    }

    private RecentTransaction.Change note(RowChange change) {
        Row row = change.after() != null ? change.after() : change.before();
        boolean told = change.operation() == Operation.UPDATE && change.before() != null;
        return new RecentTransaction.Change(
                change.table(),
                change.operation(),
                row == null ? Map.of() : id(row, ids.getOrDefault(change.table(), List.of())),
                told ? changed(change.before(), change.after()) : List.of());
    }

    /** The columns whose values differ, as far as both are known. */
    private static List<String> changed(Row before, Row after) {
        List<String> columns = new ArrayList<>();
        for (String column : after.columns()) {
            if (after.knows(column) && before.knows(column) && !Objects.equals(after.get(column), before.get(column))) {
                columns.add(column);
            }
        }
        return columns;
    }

    private static Map<String, String> id(Row row, List<String> columns) {
        if (columns.size() == 1) {
            String only = columns.get(0);
            return row.knows(only) ? Collections.singletonMap(only, row.get(only)) : Map.of();
        }
        Map<String, String> id = new LinkedHashMap<>();
        columns.stream().filter(row::knows).forEach(column -> id.put(column, row.get(column)));
        return id;
    }
}
