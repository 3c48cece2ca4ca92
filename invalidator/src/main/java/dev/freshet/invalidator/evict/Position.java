// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.Objects;

/**
 * How far the invalidator is: everything committed up to here has been evicted.
 *
 * @param origin what the WAL position is of
 * @param contract who published it, by which mapping, and which tags it covers
 * @param lsn WAL position
 * @param committedAt commit time of the last transaction, by the database's clock
 * @param updatedAt when this was so, by the invalidator's clock
 */
public record Position(Origin origin, Contract contract, Lsn lsn, Instant committedAt, Instant updatedAt) {
    public Position {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(contract, "contract");
        Objects.requireNonNull(committedAt, "committedAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
    }

    /**
     * Positions of one origin can be compared.
     *
     * @param systemIdentifier of the PostgreSQL cluster
     * @param timeline of its WAL: another after each promotion and each restore to a point in time
     * @param database the database of that cluster that the changes came from
     * @param slot the replication slot that the changes came from
     * @param publication another if the publication was changed, even if it was changed back
     * @param epoch another, and greater, after each purge of the namespace
     */
    public record Origin(
            String systemIdentifier, int timeline, String database, String slot, String publication, long epoch) {
        public Origin {
            Objects.requireNonNull(systemIdentifier, "systemIdentifier");
            Objects.requireNonNull(database, "database");
            Objects.requireNonNull(slot, "slot");
            Objects.requireNonNull(publication, "publication");
        }

        /**
         * After a purge. By the clock, because the epoch before may be forgotten, and must not come again: a replica that
         * was left behind could show it.
         */
        public Origin nextEpoch(Instant now) {
            return new Origin(
                    systemIdentifier, timeline, database, slot, publication, Math.max(epoch + 1, now.toEpochMilli()));
        }
    }
}
