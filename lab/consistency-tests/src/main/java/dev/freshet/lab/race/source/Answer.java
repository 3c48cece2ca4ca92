// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

/**
 * The answer to a read.
 *
 * @param json null if the row does not exist
 * @param status how the answer was obtained: hit, miss, refused …
 * @param position the WAL position of the answer; 0 if unknown
 * @param started the read began at this time of the run or later
 * @param ended the read ended at this time of the run or earlier
 */
public record Answer(byte[] json, String status, long position, long started, long ended) {
    /** The answer to a read of which only its caller knows when it began and ended. */
    public Answer(byte[] json, String status, long position) {
        this(json, status, position, 0, Long.MAX_VALUE);
    }

    /** Whether the answer was computed for an earlier read. */
    public boolean isFromCache() {
        return status.equals("hit") || isFromMemory();
    }

    /** Whether the answer came from a process's memory. */
    public boolean isFromMemory() {
        return status.equals("near") || status.equals("memory") || status.equals("stale");
    }
}
