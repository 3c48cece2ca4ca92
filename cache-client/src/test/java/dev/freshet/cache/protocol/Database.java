// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL as the protocol sees it: a commit stands in the WAL, and is delivered, before new snapshots see it.
 *
 * @param wal the commits in their order
 * @param visible those that a new snapshot sees
 * @param slot how many commits are acknowledged, or {@link #LOST}
 */
record Database(List<Change> wal, int visible, int slot) {
    static final int LOST = -1;

    void pack(Key key) {
        key.add(wal.size());
        wal.forEach(change -> key.add(change.ordinal()));
        key.add(visible).add(slot);
    }

    int length() {
        return wal.size();
    }

    boolean mayCommit(Change change, int planned) {
        for (Change other : Change.values()) {
            boolean first = other.in(planned) && other.row == change.row && other.ordinal() < change.ordinal();
            if (first && !other.in(visible)) {
                return false;
            }
        }
        return !wal.contains(change);
    }

    Database commit(Change change) {
        var longer = new ArrayList<>(wal);
        longer.add(change);
        return new Database(List.copyOf(longer), visible, slot);
    }

    Database show(Change change) {
        return new Database(wal, visible | change.bit, slot);
    }

    Database slotAt(int position) {
        return new Database(wal, visible, position);
    }

    /** The changes of a part of the WAL. */
    int changes(int from, int to) {
        int changes = 0;
        for (int i = from; i < to; i++) {
            changes |= wal.get(i).bit;
        }
        return changes;
    }

    boolean sees(int changes) {
        return (visible & changes) == changes;
    }
}
