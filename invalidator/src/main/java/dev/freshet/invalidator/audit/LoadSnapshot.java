// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import java.util.Arrays;

/**
 * The snapshot that an entry was loaded with, as {@code pg_current_snapshot()} prints it: {@code xmin:xmax:xip,…}, with
 * transaction ids of 64 bits, which never wrap. Immutable.
 */
final class LoadSnapshot {
    private final long xmax;
    private final long[] running;

    private LoadSnapshot(long xmax, long[] running) {
        this.xmax = xmax;
        this.running = running;
    }

    /** @throws IllegalArgumentException if it is of another form */
    static LoadSnapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("snapshot '" + text + "' is not of the form xmin:xmax:xip,…");
        }
        try {
            long[] running = parts[2].isEmpty()
                    ? new long[0]
                    : Arrays.stream(parts[2].split(",", -1))
                            .mapToLong(Long::parseLong)
                            .sorted()
                            .toArray();
            Long.parseLong(parts[0]);
            return new LoadSnapshot(Long.parseLong(parts[1]), running);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("snapshot '" + text + "' holds something that is no transaction id", e);
        }
    }

    /** Whether it sees what a transaction did that has committed by now. */
    boolean sees(long xid) {
        return xid < xmax && Arrays.binarySearch(running, xid) < 0;
    }

    /** The same of an id as it stands in the WAL, with 32 bits: the one that is nearest to this snapshot is meant. */
    boolean seesShort(long xid) {
        return sees(xmax + ((int) xid - (int) xmax));
    }

    /**
     * Whether the id may be that of a savepoint (or of a block with EXCEPTION) of a transaction that was running: such
     * ids stand in rows, but not in snapshots, and are younger than their transaction's.
     */
    boolean mayHideItsTransaction(long xid) {
        return sees(xid) && running.length > 0 && running[0] < xid;
    }

    /** Whether it was taken after an id was still to be given out, which can only be so in another database. */
    boolean isAfter(long next) {
        return xmax > next;
    }

    /** The oldest transaction that it may not see: older rows need no look. */
    long oldestUnseen() {
        return running.length > 0 ? Math.min(running[0], xmax) : xmax;
    }
}
