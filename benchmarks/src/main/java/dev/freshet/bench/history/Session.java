// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

import java.util.Arrays;

/** What one client has been shown: nothing older may follow. For one thread. */
public final class Session {
    private final int[] floors;
    private long position;

    /** @param rows how many rows there are */
    public Session(int rows) {
        this.floors = new int[rows];
    }

    /** The position to ask with: past its own writes, and past what it has read. */
    public long position() {
        return position;
    }

    /** It has written, or read, something that lies before this position. */
    public void saw(long walPosition) {
        if (walPosition != Write.NEVER && Long.compareUnsigned(walPosition, position) > 0) {
            position = walPosition;
        }
    }

    /** Another client begins. */
    public void restart() {
        Arrays.fill(floors, 0);
        position = 0;
    }

    int floor(Row row) {
        return floors[row.number()];
    }

    void saw(Row row, int index) {
        floors[row.number()] = Math.max(floors[row.number()], index);
    }
}
