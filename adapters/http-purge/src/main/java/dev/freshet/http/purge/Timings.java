// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param answer after which a request is sent again
 * @param firstPause between the first two attempts
 * @param longestPause between two attempts
 * @param stalled how long attempts may fail before it is told; a failure that only a person can mend is told at once
 */
record Timings(Duration answer, Duration firstPause, Duration longestPause, Duration stalled) {
    static final Timings USUAL =
            new Timings(Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofSeconds(10));
}
