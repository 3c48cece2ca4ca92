// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import dev.freshet.core.source.SlotInfo;
import java.util.Optional;

/** The replication slot. One thread. */
public interface SlotControl {
    /** Empty if there is none. */
    Optional<SlotInfo> slot();

    /**
     * Ends the process that streams from the slot, if it is a stream of Freshet. The caller must have the lock.
     *
     * @return false if it belongs to another program, or is gone
     */
    boolean endStream(SlotInfo slot);

    /** A description of the process that streams from the slot, for people; an empty text if there is none. */
    String streamHolder(SlotInfo slot);

    /** Moves the slot to the end of the WAL. No stream may use it. Can take minutes. */
    SlotInfo moveSlotToTheEnd();
}
