// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.entry;

import java.util.Arrays;

/**
 * The snapshot that an entry was loaded with, as {@code pg_current_snapshot()} prints it: {@code xmin:xmax:xip,…}. Its
 * transaction ids have 64 bits and never wrap. Immutable.
 */
public final class LoadSnapshot {
    private final long xmax;
    private final long[] running;

    private LoadSnapshot(long xmax, long[] running) {
        this.xmax = xmax;
        this.running = running;
    }

    /** @throws IllegalArgumentException if the text does not have that form */
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

    /** Whether the snapshot sees the changes of this transaction, provided that it has committed by now. */
    public boolean sees(long xid) {
        return xid < xmax && Arrays.binarySearch(running, xid) < 0;
    }

    /** Like {@link #sees}, for a 32-bit id as in the WAL. It is taken for the id nearest to this snapshot. */
    public boolean seesShort(long xid) {
        return sees(xmax + ((int) xid - (int) xmax));
    }

    /**
     * Whether the id may belong to a savepoint (or to a block with EXCEPTION) of a transaction that was running. Such
     * ids appear in rows, but not in snapshots, and are greater than that of their transaction.
     */
    public boolean mayHideItsTransaction(long xid) {
        return sees(xid) && running.length > 0 && running[0] < xid;
    }

    /**
     * Whether the snapshot is later than the next id to be assigned. Then it is from another database, or from before a
     * restore.
     */
    public boolean isAfter(long next) {
        return xmax > next;
    }

    /** The oldest transaction that the snapshot may not see. Older rows need not be checked. */
    public long oldestUnseen() {
        return running.length > 0 ? Math.min(running[0], xmax) : xmax;
    }
}
