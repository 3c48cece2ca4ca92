// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.stream.Operation;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was evicted for one transaction.
 *
 * @param number counts the transactions of this process, from 1
 * @param lsn WAL position just past its commit
 * @param rows total number of row changes
 * @param evictedAt when Redis had accepted all of its evictions
 * @param changes its first row changes
 * @param evictions its first evictions
 * @param evictionCount total number of evictions; a key that goes for two reasons has two
 * @param keysRemoved number of keys that existed in Redis and were removed
 * @param keysAbsent number of keys that were named and were not in Redis. A key that several transactions of a batch name
 *     is counted for the first of them.
 */
public record RecentTransaction(
        long number,
        long txId,
        Lsn lsn,
        long rows,
        Instant committedAt,
        Instant evictedAt,
        List<Change> changes,
        List<Eviction> evictions,
        long evictionCount,
        long keysRemoved,
        long keysAbsent) {
    /**
     * A row change.
     *
     * @param id the known columns of the id; empty for TRUNCATE
     * @param columns the columns that an update changed, as far as the old row is known
     */
    public record Change(TableName table, Operation operation, Map<String, String> id, List<String> columns) {
        /** Without the id, as row values do not belong in logs. */
        @Override
        public String toString() {
            return operation + " of " + table;
        }
    }

    /** The number of changes and evictions beyond {@code details} of each. */
    int beyond(int details) {
        return Math.max(0, changes.size() - details) + Math.max(0, evictions.size() - details);
    }

    /** A copy with at most {@code details} changes and evictions each. */
    RecentTransaction cutTo(int details) {
        return new RecentTransaction(
                number,
                txId,
                lsn,
                rows,
                committedAt,
                evictedAt,
                List.copyOf(changes.subList(0, Math.min(changes.size(), details))),
                List.copyOf(evictions.subList(0, Math.min(evictions.size(), details))),
                evictionCount,
                keysRemoved,
                keysAbsent);
    }

    /** From commit, by the database's clock, to acceptance, by this machine's clock. Meaningful only if they agree. */
    public Duration commitToEvicted() {
        Duration took = Duration.between(committedAt, evictedAt);
        return took.isNegative() ? Duration.ZERO : took;
    }

    /** Without the changes, as row values do not belong in logs. */
    @Override
    public String toString() {
        return "transaction " + txId + " with " + rows + " rows";
    }
}
