// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

import java.util.Arrays;

/**
 * All states of one row, in the order of their commits. One writer at a time appends, before it sends its transaction;
 * any number of readers search, without a lock.
 */
public final class History {
    private volatile Version[] versions = new Version[16];
    private volatile int size;

    /** Enters a state that may come to be. The caller holds the row. */
    public void append(Version version) {
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
        // Publishes the element: whoever reads this size sees it.
        size = count + 1;
    }

    public int size() {
        return size;
    }

    /** A state, counted from 0. The size must have been asked for before. */
    public Version get(int index) {
        return versions[index];
    }

    /** The state that the row is in, as far as the holder of the row can tell. */
    public Version latest() {
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

    /** The newest state at that index or before that was not rolled back and looks like this; -1 if there is none. */
    int lastMatch(Glimpse glimpse, int from) {
        for (int i = from; i >= 0; i--) {
            if (!get(i).isRolledBack() && glimpse.matches(get(i))) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The first such state at that index or after, of a write begun before that moment; -1 if there is none. Before the
     * write of a version that is shown, or that a name is of, nothing can look so.
     */
    int firstMatch(Glimpse glimpse, int from, long begunBefore) {
        int count = size;
        for (int i = Math.max(from, since(glimpse.version())); i < count; i++) {
            var version = get(i);
            if (version.write().started() > begunBefore) {
                return -1;
            }
            if (!version.isRolledBack() && glimpse.matches(version)) {
                return i;
            }
        }
        return -1;
    }

    /** The first state that was written by that version or a later one; the size if there is none. */
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
