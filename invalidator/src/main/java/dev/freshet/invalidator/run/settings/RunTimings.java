// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.settings;

import java.time.Duration;

/**
 * The intervals and timeouts of a run.
 *
 * @param visibilityTimeout how long a commit may stay invisible before the stream is reopened
 * @param heartbeat the usual interval between markers
 * @param fastestHeartbeat the shortest interval between markers, however fresh a position readers ask for
 * @param stallTimeout how long a stream may be silent, markers included, before it is reopened
 */
public record RunTimings(
        Duration visibilityTimeout, Duration heartbeat, Duration fastestHeartbeat, Duration stallTimeout) {
    /** Limits the cost: each marker is a commit, which writes and flushes some WAL. */
    public static final Duration FASTEST_HEARTBEAT = Duration.ofMillis(50);

    private static final Duration LEAST_STALL = Duration.ofSeconds(10);

    /** With {@link #FASTEST_HEARTBEAT}. */
    public RunTimings(Duration visibilityTimeout, Duration heartbeat, Duration stallTimeout) {
        this(visibilityTimeout, heartbeat, FASTEST_HEARTBEAT, stallTimeout);
    }

    /** Ten heartbeats, but at least ten seconds, as a busy machine may delay a marker that long. */
    public static Duration usualStallTimeout(Duration heartbeat) {
        Duration ten = heartbeat.multipliedBy(10);
        return ten.compareTo(LEAST_STALL) < 0 ? LEAST_STALL : ten;
    }
}
