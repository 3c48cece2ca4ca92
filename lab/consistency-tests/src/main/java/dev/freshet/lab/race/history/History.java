// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import java.util.Arrays;

/**
 * All states of one row, in commit order. One writer at a time appends a state, before it sends its transaction. Any
 * number of readers search, without a lock.
 */
public final class History {
    private volatile RowState[] versions = new RowState[16];
    private volatile int size;

    /** Adds a state that may come into existence. The caller must hold the row's lock. */
    public void append(RowState version) {
        int count = size;
        var array = versions;
        if (count > 0 && array[count - 1].write().version() >= version.write().version()) {
            throw new IllegalArgumentException(
                    "version " + version.write().version() + " does not come after " + array[count - 1]);
        }
        if (count == array.length) {
            array = Arrays.copyOf(array, 2 * count);
            versions = array;
        }
        array[count] = version;
        // Publishes the element: readers that see this size also see the element.
        size = count + 1;
    }

    public int size() {
        return size;
    }

    /** A state, counted from 0. The caller must have read {@link #size()} before. */
    public RowState get(int index) {
        return versions[index];
    }

    /** The current state of the row, as far as the holder of its lock can tell. */
    public RowState latest() {
        for (int i = size - 1; i >= 0; i--) {
            var version = get(i);
            if (!version.isRolledBack()) {
                return version;
            }
        }
        throw new IllegalStateException("a row without a first state");
    }

    /** The newest state that the demand covers; the first state if it covers none. */
    int required(Demand demand) {
        if (demand == Demand.NOTHING) {
            return 0;
        }
        for (int i = size - 1; i > 0; i--) {
            var version = get(i);
            if (version.isCommitted() && demand.covers(version.write())) {
                return i;
            }
        }
        return 0;
    }

    /** The newest state, at the index or before it, that was not rolled back and matches; -1 if there is none. */
    int lastMatch(Observation observation, int from) {
        for (int i = from; i >= 0; i--) {
            if (!get(i).isRolledBack() && observation.matches(get(i))) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The first matching state, at the index or after it, of a write that began before that moment; -1 if there is
     * none. States before the write of the shown version, or of the shown name, cannot match.
     */
    int firstMatch(Observation observation, int from, long begunBefore) {
        int count = size;
        for (int i = Math.max(from, since(observation.version())); i < count; i++) {
            var version = get(i);
            if (version.write().started() > begunBefore) {
                return -1;
            }
            if (!version.isRolledBack() && observation.matches(version)) {
                return i;
            }
        }
        return -1;
    }

    /** The index of the first state that was written by this version or a later one; the size if there is none. */
    int since(long version) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).write().version() < version) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
