// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

/**
 * Says on standard output when the first and the last of an expected number of rows were seen, for whoever measures.
 * Thread-safe.
 */
public final class RowCount {
    /** The line that is printed at the first row. */
    public static final String FIRST = "first row";
    /** The line that is printed at the last row. */
    public static final String LAST = "last row";

    private final long expected;
    private long seen;

    RowCount(long expected) {
        this.expected = expected;
    }

    synchronized void add() {
        seen++;
        if (seen == 1) {
            System.out.println(FIRST);
        }
        if (seen == expected) {
            System.out.println(LAST);
        }
    }
}
