// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.world.View;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** The value of each view that was stored last, to tell whether it was evicted in vain. Thread-safe. */
final class Stored {
    private static final byte[] NOTHING = new byte[0];

    private record Value(byte[] bytes, long at) {}

    private final ConcurrentHashMap<View, Value> values = new ConcurrentHashMap<>();

    /**
     * Notes a load; true if what it found had been stored before the read began: then it was evicted in vain. What two
     * readers load side by side is stored twice, and not counted.
     */
    boolean inVain(View view, Answer answer, long started, long ended) {
        switch (answer.status()) {
            case "miss", "behind", "bypass" -> {
                var value = new Value(answer.json() == null ? NOTHING : answer.json(), ended);
                var before = values.put(view, value);
                // The others may have been stored, or not.
                return answer.status().equals("miss")
                        && before != null
                        && before.at() < started
                        && Arrays.equals(before.bytes(), value.bytes());
            }
            default -> {
                return false;
            }
        }
    }
}
