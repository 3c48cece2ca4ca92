// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.send;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double up to a cap, each shortened at random to half at most, so that instances do not march in step. */
public final class Pauses {
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    public Pauses(Duration first, Duration longest, RandomGenerator random) {
        this.next = first;
        this.longest = longest;
        this.random = random;
    }

    public Duration next() {
        long millis = next.toMillis();
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
