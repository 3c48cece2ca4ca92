// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.rows;

/**
 * The transaction that wrote the current version of a row.
 *
 * @param xid 64 bits; 0 if it is older than any snapshot
 * @param certain false if the row is so old that the id may be from an earlier round of the 32-bit counter
 * @param withItsTable whether that transaction also altered the table, which may rewrite rows without changing them
 */
public record RowVersion(long xid, boolean certain, boolean withItsTable) {
    private static final long ROUND = 1L << 32;
    private static final long FIRST_NORMAL = 3;

    /**
     * Widens a row's {@code xmin} to 64 bits. The id is less than one round of the counter old, unless the row is
     * frozen: {@code xmin} of a frozen row still shows its original id.
     *
     * @param xmin of the row, 32 bits
     * @param next the next id to be assigned, 64 bits
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
