// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

/**
 * The answer to a read.
 *
 * @param json null if the row does not exist
 * @param status how the answer was obtained: hit, miss, refused …
 * @param position the WAL position of the answer; 0 if unknown
 */
public record Answer(byte[] json, String status, long position) {
    /** Whether the answer was computed for an earlier read. */
    public boolean isFromCache() {
        return status.equals("hit") || isFromMemory();
    }

    /** Whether the answer came from this process's memory. */
    public boolean isFromMemory() {
        return status.equals("near") || status.equals("memory") || status.equals("stale");
    }
}
