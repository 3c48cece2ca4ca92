// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.Objects;

/**
 * How far the invalidator has got: everything committed up to here has been evicted.
 *
 * @param origin which WAL, slot and epoch the position refers to
 * @param contract who published it, by which mapping, and which tags it covers
 * @param lsn WAL position
 * @param committedAt commit time of the last transaction, by the database's clock
 * @param updatedAt when the position was published, by the invalidator's clock
 */
public record Position(Origin origin, Contract contract, Lsn lsn, Instant committedAt, Instant updatedAt) {
    public Position {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(contract, "contract");
        Objects.requireNonNull(committedAt, "committedAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
    }

    /**
     * Positions with the same origin can be compared.
     *
     * @param systemIdentifier of the PostgreSQL cluster
     * @param timeline of its WAL: changes with each promotion and each point-in-time restore
     * @param database the database of that cluster that the changes came from
     * @param slot the replication slot that the changes came from
     * @param publication the identity of the publication; it changes when the publication is changed, even if it is
     *     changed back
     * @param epoch greater after each purge of the namespace
     */
    public record Origin(
            String systemIdentifier, int timeline, String database, String slot, String publication, long epoch) {
        public Origin {
            Objects.requireNonNull(systemIdentifier, "systemIdentifier");
            Objects.requireNonNull(database, "database");
            Objects.requireNonNull(slot, "slot");
            Objects.requireNonNull(publication, "publication");
        }

        /** The same origin on another timeline of the same history. */
        public Origin on(int otherTimeline) {
            return new Origin(systemIdentifier, otherTimeline, database, slot, publication, epoch);
        }

        /**
         * The origin after a purge. The epoch is taken from the clock, because the last epoch may be lost, and no epoch
         * may be used twice: a replica that lagged behind could still show it.
         */
        public Origin nextEpoch(Instant now) {
            return new Origin(
                    systemIdentifier, timeline, database, slot, publication, Math.max(epoch + 1, now.toEpochMilli()));
        }
    }
}
