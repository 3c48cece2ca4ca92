// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * The clock of a Redis server.
 *
 * @param wall what {@code TIME} said last
 * @param again whether the next script runs in the same microsecond
 * @param half moments up to here are older than half the lifetime of a fence
 * @param full moments up to here are older than the lifetime of a fence
 */
record Clock(int wall, boolean again, int half, int full) {
    Clock tick() {
        return new Clock(again ? wall : wall + 1, false, half, full);
    }

    Clock stopped() {
        return new Clock(wall, true, half, full);
    }

    Clock setTo(int time) {
        return new Clock(time, false, half, full);
    }

    Clock afterHalfALifetime() {
        return new Clock(wall, again, wall, half);
    }

    void note(Times times) {
        times.note(wall);
    }

    Clock renumbered(Times times) {
        return new Clock(times.renumbered(wall), again, times.renumbered(half), times.renumbered(full));
    }

    void pack(Key key) {
        key.add(wall).add(again).add(half).add(full);
    }
}
