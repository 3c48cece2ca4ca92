// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.Evicted;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Records each transaction, in bounded memory, until its evictions are accepted. One thread at a time. */
final class Ledger {
    /** Maximum number of changes, and of evictions, that are remembered per transaction. */
    private static final int REMEMBERED = 10_000;

    private final Mapping mapping;
    private final RunMetrics metrics;
    private final RecentTransactions recent;
    private final Map<Long, Account> open = new LinkedHashMap<>();
    private long number;

    /** What is known about a transaction so far. */
    private static final class Account {
        private final List<RecentTransaction.Change> changes = new ArrayList<>();
        private final List<Eviction> evictions = new ArrayList<>();
        private long rows;
        private long evictionCount;
        private long keysRemoved;
    }

    Ledger(Mapping mapping, RunMetrics metrics, RecentTransactions recent) {
        this.mapping = mapping;
        this.metrics = metrics;
        this.recent = recent;
    }

    /** Starts a new run. Open transactions are read again from their beginning. */
    void begin() {
        open.clear();
    }

    void captured(Chunk chunk) {
        Account account = open.computeIfAbsent(chunk.txId(), id -> new Account());
        account.rows += chunk.changes().size();
        for (RowChange change : chunk.changes()) {
            metrics.captured(change.operation());
            if (account.changes.size() < REMEMBERED) {
                account.changes.add(note(change));
            }
        }
    }

    void planned(Eviction eviction) {
        metrics.planned(eviction);
        Account account = open.get(eviction.cause().origin().txId());
        account.evictionCount++;
        if (account.evictions.size() < REMEMBERED) {
            account.evictions.add(eviction);
        }
    }

    /**
     * Counts removed keys. A report has details of its first evictions only. The keys that they do not account for are
     * attributed to the transaction with the most evictions.
     */
    void evicted(EvictionReport report) {
        long unexplained = report.entries() + report.keys();
        for (Evicted one : report.evicted()) {
            open.get(one.eviction().cause().origin().txId()).keysRemoved += one.count();
            unexplained -= one.count();
        }
        if (unexplained > 0) {
            long rest = unexplained;
            open.values().stream()
                    .max(Comparator.comparingLong(account -> account.evictionCount))
                    .ifPresent(account -> account.keysRemoved += rest);
        }
    }

    /** Redis has accepted everything of the transaction. */
    void accepted(long txId, Commit commit, Instant now) {
        Account account = open.remove(txId);
        if (account == null || account.rows == 0) {
            return;
        }
        var transaction = new RecentTransaction(
                ++number,
                txId,
                commit.lsn(),
                account.rows,
                commit.at(),
                now,
                List.copyOf(account.changes),
                List.copyOf(account.evictions),
                account.evictionCount,
                account.keysRemoved);
        recent.add(transaction);
        metrics.accepted(transaction);
    }

    private RecentTransaction.Change note(RowChange change) {
        Row row = change.after() != null ? change.after() : change.before();
        List<String> columns = new ArrayList<>();
        if (change.operation() == Operation.UPDATE && change.before() != null) {
            change.after().values().forEach((column, value) -> {
                if (value != Row.UNAVAILABLE
                        && change.before().knows(column)
                        && !Objects.equals(value, change.before().get(column))) {
                    columns.add(column);
                }
            });
        }
        Map<String, String> id = new LinkedHashMap<>();
        if (row != null) {
            List<String> key =
                    mapping.entityOf(change.table()).map(EntityMapping::id).orElse(List.of());
            key.stream().filter(row::knows).forEach(column -> id.put(column, row.get(column)));
        }
        return new RecentTransaction.Change(change.table(), change.operation(), id, columns);
    }
}
