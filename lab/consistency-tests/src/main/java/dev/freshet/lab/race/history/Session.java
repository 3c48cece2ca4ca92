// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import java.util.Arrays;

/** What one client has been shown; nothing older may follow. Not thread-safe. */
public final class Session {
    private final int[] floors;
    private long position;

    /** @param rows the total number of rows */
    public Session(int rows) {
        this.floors = new int[rows];
    }

    /** The position to ask with. It covers the client's own writes and everything it has read. */
    public long position() {
        return position;
    }

    /** The client has written or read something that is covered by this position. */
    public void saw(long walPosition) {
        if (walPosition != Write.NEVER && Long.compareUnsigned(walPosition, position) > 0) {
            position = walPosition;
        }
    }

    /** Starts a new client. */
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
