// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

/**
 * What is known of how far the clock of another process is behind ours. Each read narrows it: it began after it was asked
 * for, and ended before its answer came. Both clocks run equally fast. All times are in nanoseconds. Thread-safe.
 */
final class ClockOffset {
    private long least = Long.MIN_VALUE;
    private long most = Long.MAX_VALUE;

    /**
     * When a read took place, by our clock.
     *
     * @param started it began then or later
     * @param ended it ended then or earlier
     */
    record Span(long started, long ended) {}

    /**
     * When a read took place.
     *
     * @param asked by our clock
     * @param began by the other clock
     * @param ended by the other clock
     * @param answered by our clock
     */
    synchronized Span span(long asked, long began, long ended, long answered) {
        least = Math.max(least, asked - began);
        most = Math.min(most, answered - ended);
        return new Span(began + least, ended + most);
    }
}
