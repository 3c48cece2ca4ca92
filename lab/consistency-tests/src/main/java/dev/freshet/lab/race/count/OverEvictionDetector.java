// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.count;

import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.world.View;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** The value of each view that was stored last, to detect unnecessary evictions. Thread-safe. */
public final class OverEvictionDetector {
    private static final byte[] NOTHING = new byte[0];

    private record Value(byte[] bytes, long at) {}

    private final ConcurrentHashMap<View, Value> values = new ConcurrentHashMap<>();

    /**
     * Records a load. Returns true if it found the same value that had been stored before the read began: the entry was
     * then evicted unnecessarily. A value that two readers load concurrently is stored twice and not counted.
     */
    public boolean isOverEviction(View view, Answer answer, long started, long ended) {
        switch (answer.status()) {
            case "miss", "behind", "bypass" -> {
                var value = new Value(answer.json() == null ? NOTHING : answer.json(), ended);
                var before = values.put(view, value);
                // With the other statuses, it is not known whether the value was stored.
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
