// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.audit;

import dev.freshet.audit.history.HistorySource;
import dev.freshet.audit.history.PastTransaction;
import dev.freshet.core.plan.Eviction;
import dev.freshet.invalidator.run.status.Progress;
import dev.freshet.invalidator.run.status.RecentTransaction;
import dev.freshet.invalidator.run.status.RecentTransactions;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What this process did recently, for an audit. Thread-safe. */
public final class RunHistory implements HistorySource {
    private final RecentTransactions recent;
    private final Progress progress;

    public RunHistory(RecentTransactions recent, Progress progress) {
        this.recent = recent;
        this.progress = progress;
    }

    @Override
    public Page after(long number, int limit) {
        // The position is read first: transactions are listed before the position passes them.
        Progress.Point point = progress.last();
        List<PastTransaction> transactions =
                recent.after(number, limit).stream().map(RunHistory::past).toList();
        return new Page(transactions, point == null ? Lsn.ZERO : point.lsn());
    }

    private static PastTransaction past(RecentTransaction transaction) {
        var changes = transaction.changes().stream()
                .map(change -> new PastTransaction.Change(
                        change.table(),
                        change.operation().toString(),
                        change.id(),
                        new LinkedHashSet<>(change.columns())))
                .toList();
        var evictions = new ArrayList<PastTransaction.Purged>();
        for (Eviction eviction : transaction.evictions()) {
            if (eviction.kind() == Eviction.Kind.TAG || eviction.kind() == Eviction.Kind.TAGS) {
                evictions.add(new PastTransaction.Purged(
                        eviction.owner().map(Isolate::value).orElse(null),
                        eviction.name(),
                        eviction.kind().isPattern()));
            }
        }
        return new PastTransaction(
                transaction.number(),
                transaction.txId(),
                transaction.lsn(),
                transaction.committedAt(),
                transaction.evictedAt(),
                changes,
                transaction.changes().size() == transaction.rows(),
                evictions,
                transaction.evictions().size() == transaction.evictionCount());
    }
}
