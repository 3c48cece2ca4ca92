// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.plan.Eviction;
import dev.freshet.invalidator.plan.Operation;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What came of one transaction.
 *
 * @param number counts the transactions of this process, from 1
 * @param lsn WAL position behind its commit
 * @param rows row changes in all
 * @param evictedAt when Redis had accepted all of its evictions
 * @param changes the first of its row changes
 * @param evictions the first of what was evicted because of it
 * @param evictionCount all of them
 * @param keysRemoved keys that existed in Redis and are gone
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
        long keysRemoved) {
    /**
     * A row change.
     *
     * @param id as far as it is known; empty for TRUNCATE
     * @param columns those that an update changed, as far as the old row is known
     */
    public record Change(TableName table, Operation operation, Map<String, String> id, List<String> columns) {
        /** Without the id: row values do not belong in logs. */
        @Override
        public String toString() {
            return operation + " of " + table;
        }
    }

    /** What it has in changes and evictions beyond so many of each. */
    int beyond(int details) {
        return Math.max(0, changes.size() - details) + Math.max(0, evictions.size() - details);
    }

    /** With so many changes and evictions at most. */
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
                keysRemoved);
    }

    /** From the commit, by the database's clock, to the acceptance, by this machine's: meaningful where they agree. */
    public Duration commitToEvicted() {
        Duration took = Duration.between(committedAt, evictedAt);
        return took.isNegative() ? Duration.ZERO : took;
    }

    /** Without what changed: row values do not belong in logs. */
    @Override
    public String toString() {
        return "transaction " + txId + " with " + rows + " rows";
    }
}
