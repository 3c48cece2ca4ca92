// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.world.View;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** The value of each view that was stored last, to tell whether it was evicted in vain. Thread-safe. */
final class Stored {
    private static final byte[] NOTHING = new byte[0];

    private final ConcurrentHashMap<View, byte[]> values = new ConcurrentHashMap<>();

    /** Notes a load; true if it was stored and equals what was stored before it. */
    boolean inVain(View view, Answer answer) {
        byte[] value = answer.json() == null ? NOTHING : answer.json();
        return switch (answer.status()) {
            case "miss" -> Arrays.equals(values.put(view, value), value);
            case "behind", "bypass" -> {
                // May have been stored.
                values.put(view, value);
                yield false;
            }
            default -> false;
        };
    }
}
