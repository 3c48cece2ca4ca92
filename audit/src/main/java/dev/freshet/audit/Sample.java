// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses keys from a stream of unknown length, each with the same probability (reservoir sampling, algorithm R). */
final class Sample {
    private final int size;
    private final RandomGenerator random;
    private final List<String> chosen = new ArrayList<>();
    private long seen;

    Sample(int size, RandomGenerator random) {
        this.size = size;
        this.random = random;
    }

    void add(String key) {
        seen++;
        if (chosen.size() < size) {
            chosen.add(key);
        } else {
            long place = random.nextLong(seen);
            if (place < size) {
                chosen.set((int) place, key);
            }
        }
    }

    /** In no particular order. Without duplicates, as SCAN may return a key twice. */
    List<String> chosen() {
        return chosen.stream().distinct().toList();
    }
}
