// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

/**
 * Which transaction wrote a row as it stands.
 *
 * @param xid with 64 bits; 0: older than any snapshot
 * @param certain false if the row is so old that the id may be one of an earlier round of the 32-bit counter
 * @param withItsTable the table itself was altered by that transaction, which rewrites rows without changing them
 */
public record RowVersion(long xid, boolean certain, boolean withItsTable) {
    private static final long ROUND = 1L << 32;
    private static final long FIRST_NORMAL = 3;

    /**
     * Widens what a row's {@code xmin} says. The id is younger than one round of the counter, unless the row is frozen: then
     * {@code xmin} still shows the id that it once had.
     *
     * @param xmin of the row, 32 bits
     * @param next the id, of 64 bits, that will be given out next
     * @param frozenBefore {@code pg_class.relfrozenxid}: older rows are frozen; 0 if unknown
     * @param tableXmin {@code xmin} of the table's row in {@code pg_class}
     */
    public static RowVersion of(long xmin, long next, long frozenBefore, long tableXmin) {
        if (xmin < FIRST_NORMAL) {
            return new RowVersion(0, true, false);
        }
        long xid = next - Math.floorMod(next - xmin, ROUND);
        if (xid < FIRST_NORMAL) {
            return new RowVersion(0, true, false);
        }
        boolean frozen = frozenBefore < FIRST_NORMAL || (int) xmin - (int) frozenBefore < 0;
        return new RowVersion(xid, !frozen || next < ROUND, xmin == tableXmin);
    }
}
