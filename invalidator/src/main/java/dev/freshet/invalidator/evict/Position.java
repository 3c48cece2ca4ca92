// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import java.time.Instant;
import java.util.Objects;

/**
 * How far the invalidator is: everything committed up to here has been evicted.
 *
 * @param systemIdentifier of the PostgreSQL cluster
 * @param slot the replication slot that the changes came from
 * @param lsn WAL position
 * @param committedAt commit time of the last transaction, by the database's clock
 * @param updatedAt when this was so, by the invalidator's clock
 * @param epoch grows with every purge of the namespace
 */
public record Position(
        String systemIdentifier, String slot, long lsn, Instant committedAt, Instant updatedAt, long epoch) {
    public Position {
        Objects.requireNonNull(systemIdentifier, "systemIdentifier");
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(committedAt, "committedAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
    }
}
