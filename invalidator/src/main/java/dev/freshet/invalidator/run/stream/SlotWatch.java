// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.PositionLostException;
import dev.freshet.core.pipeline.Publisher;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.invalidator.run.source.SlotControl;

/** Notices that the slot was made anew, or moved by someone else. One thread. */
record SlotWatch(String name, SlotControl source, Publisher publisher) {
    /** @throws PositionLostException if the slot is gone, or further than we ever published */
    SlotInfo look() {
        SlotInfo slot = source.slot().orElse(null);
        if (slot == null || slot.confirmedLsn().isAfter(publisher.published())) {
            throw new PositionLostException(
                    slot == null ? Gap.Kind.SOURCE_MENDED : Gap.Kind.SLOT_AHEAD,
                    slot == null
                            ? "replication slot " + name + " is gone"
                            : "replication slot " + name + " is at " + slot.confirmedLsn()
                                    + ", ahead of what was evicted: it was recreated or moved");
        }
        return slot;
    }
}
