// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.gate;

import java.util.Arrays;

/**
 * The result of {@code pg_current_snapshot()}, reduced to the 32-bit transaction ids that the WAL contains. Ids are
 * compared as PostgreSQL compares them ({@code TransactionIdPrecedes}): modulo 2^32, so an id is older than the 2^31
 * ids after it. The epoch is ignored. Immutable.
 */
public final class Snapshot {
    private static final int FIRST_NORMAL_XID = 3;

    private final int xmin;
    private final int xmax;
    private final int[] inProgress;

    private Snapshot(int xmin, int xmax, int[] inProgress) {
        this.xmin = xmin;
        this.xmax = xmax;
        this.inProgress = inProgress;
    }

    /**
     * Parses the text form {@code xmin:xmax:xip,xip,...}; the ids in it are 64 bits wide.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Snapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("snapshot '" + text + "' is not of the form xmin:xmax:xip,...");
        }
        int[] inProgress = parts[2].isEmpty()
                ? new int[0]
                : Arrays.stream(parts[2].split(",", -1)).mapToInt(Snapshot::low).toArray();
        Arrays.sort(inProgress);
        return new Snapshot(low(parts[0]), low(parts[1]), inProgress);
    }

    /** Whether this snapshot sees a transaction that has committed. */
    public boolean sees(long txId) {
        int xid = checked(txId);
        return precedes(xid, xmax) && Arrays.binarySearch(inProgress, xid) < 0;
    }

    /**
     * Whether the transaction is older than any that was running. Then every later snapshot sees it too, and need not
     * be asked for.
     */
    public boolean isBeforeAllRunning(long txId) {
        return precedes(checked(txId), xmin);
    }

    private static boolean precedes(int a, int b) {
        return a - b < 0;
    }

    private static int checked(long txId) {
        if (txId < FIRST_NORMAL_XID || txId > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(
                    "transaction id " + txId + " is not between " + FIRST_NORMAL_XID + " and 2^32-1");
        }
        return (int) txId;
    }

    private static int low(String id) {
        try {
            return (int) Long.parseUnsignedLong(id);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + id + "' in a snapshot is not a transaction id", e);
        }
    }

    @Override
    public String toString() {
        return Integer.toUnsignedString(xmin) + ":" + Integer.toUnsignedString(xmax) + " with " + inProgress.length
                + " in progress";
    }
}
