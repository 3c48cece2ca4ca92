// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * For each level, the newest value whose evictions have been reported. No later read may show an older value.
 * Thread-safe.
 */
final class ReportedValues {
    private final AtomicIntegerArray values = new AtomicIntegerArray(SeriesLevel.values().length);

    void raise(SeriesLevel level, int value) {
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
    static boolean covers(JsonNode document, int[] least) {
        for (var level : SeriesLevel.values()) {
            if (document.path(level.field()).asInt() < least[level.ordinal()]) {
                return false;
            }
        }
        return true;
    }
}
