// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import dev.freshet.invalidator.evict.Position;
import java.util.Optional;

/**
 * Whether changes may have been missed, so that the namespace must be purged: slot first, purge second, serve third. The
 * one place that decides it.
 */
public final class Gap {
    private Gap() {}

    /**
     * Says why changes may have been missed, or empty if none were.
     *
     * @param prepared whether publication or slot were just made or changed
     * @param stored the position that Redis has, if any
     */
    public static Optional<String> find(
            boolean prepared, SlotInfo slot, String systemIdentifier, Optional<Position> stored) {
        if (prepared) {
            return Optional.of("the publication or the slot is new or was changed");
        }
        if (stored.isEmpty()) {
            return Optional.of("Redis holds no position: it is new, or was emptied");
        }
        Position position = stored.get();
        if (!position.systemIdentifier().equals(systemIdentifier)) {
            return Optional.of("the database is another: system identifier " + systemIdentifier + ", was "
                    + position.systemIdentifier());
        }
        if (!position.slot().equals(slot.name())) {
            return Optional.of("the position in Redis is that of slot " + position.slot() + ", this is " + slot.name());
        }
        if (Long.compareUnsigned(slot.confirmedLsn(), position.lsn()) > 0) {
            return Optional.of("the slot is ahead of what was evicted: " + Lsn.format(slot.confirmedLsn())
                    + ", evicted " + Lsn.format(position.lsn()));
        }
        return Optional.empty();
    }
}
