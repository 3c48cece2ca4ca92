// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * For each level, the newest value whose evictions have been reported. No later read may show an older value.
 * Thread-safe.
 */
final class Floors {
    private final AtomicIntegerArray values = new AtomicIntegerArray(Level.values().length);

    void raise(Level level, int value) {
        values.set(level.ordinal(), value);
    }

    int[] now() {
        var copy = new int[values.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values.get(i);
        }
        return copy;
    }

    /** Whether a resolved document shows at least these values. */
    static boolean covers(JsonNode document, int[] floors) {
        for (var level : Level.values()) {
            if (document.path(level.field()).asInt() < floors[level.ordinal()]) {
                return false;
            }
        }
        return true;
    }
}
