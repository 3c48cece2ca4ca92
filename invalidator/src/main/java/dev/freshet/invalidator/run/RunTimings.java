// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.time.Duration;

/**
 * How often a run does what it does by the clock, and how long it waits.
 *
 * @param visibilityTimeout how long a commit may stay invisible before the stream is opened again
 * @param heartbeat how often a marker is written
 * @param fastestHeartbeat how often one is written at most, however young a position readers take
 * @param stallTimeout how long a stream may be silent, markers included, before it is opened again
 */
public record RunTimings(
        Duration visibilityTimeout, Duration heartbeat, Duration fastestHeartbeat, Duration stallTimeout) {
    /** Each marker is a commit, which costs some WAL and a flush of it. */
    public static final Duration FASTEST_HEARTBEAT = Duration.ofMillis(50);

    private static final Duration LEAST_STALL = Duration.ofSeconds(10);

    /** With the usual fastest heartbeat. */
    public RunTimings(Duration visibilityTimeout, Duration heartbeat, Duration stallTimeout) {
        this(visibilityTimeout, heartbeat, FASTEST_HEARTBEAT, stallTimeout);
    }

    /** Ten markers, but no less than ten seconds: as long as a busy machine may hold one back. */
    public static Duration usualStallTimeout(Duration heartbeat) {
        Duration ten = heartbeat.multipliedBy(10);
        return ten.compareTo(LEAST_STALL) < 0 ? LEAST_STALL : ten;
    }
}
