// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL as the protocol sees it: a commit stands in the WAL, and is delivered, before new snapshots see it.
 *
 * @param wal the commits in their order
 * @param visible those that a new snapshot sees
 * @param slot how many commits are acknowledged, or {@link #LOST}
 * @param whole whether the publication has all tables
 * @param missed changes that were not delivered, as it had not
 * @param excused those of them that no position was published for since it has again
 */
record Database(List<Change> wal, int visible, int slot, boolean whole, int missed, int excused) {
    static final int LOST = -1;

    void pack(Key key) {
        key.add(wal.size());
        wal.forEach(change -> key.add(change.ordinal()));
        key.add(visible).add(slot).add(whole).add(missed).add(excused);
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
        int lost = whole ? 0 : change.bit;
        return new Database(List.copyOf(longer), visible, slot, whole, missed | lost, excused | lost);
    }

    Database show(Change change) {
        return new Database(wal, visible | change.bit, slot, whole, missed, excused);
    }

    Database slotAt(int position) {
        return new Database(wal, visible, position, whole, missed, excused);
    }

    Database withWholePublication(boolean is) {
        return new Database(wal, visible, slot, is, missed, excused);
    }

    Database afterPublishing() {
        return whole ? new Database(wal, visible, slot, true, missed, 0) : this;
    }

    /** The tags of what a part of the WAL delivers. */
    int delivers(int from, int to) {
        int rows = Row.NO_ROWS;
        for (int i = from; i < to; i++) {
            rows |= wal.get(i).in(missed) ? Row.NO_ROWS : wal.get(i).row.bit;
        }
        return rows;
    }

    /** The changes that a reader may rely on once this position is published. */
    int promisedBy(int position) {
        return changes(0, Math.max(0, position)) & ~excused;
    }

    boolean showsAllCommits() {
        return sees(changes(0, length()));
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
