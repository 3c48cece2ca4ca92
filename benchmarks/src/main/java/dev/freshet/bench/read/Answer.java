// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

/**
 * What a read was answered.
 *
 * @param json null: there is no such thing
 * @param status how the answer was come by: hit, miss, refused …
 * @param position of the answer in the WAL; 0 if it was not told
 */
record Answer(byte[] json, String status, long position) {
    /** Whether it was computed for an earlier read. */
    boolean isFromCache() {
        return status.equals("hit") || isFromMemory();
    }

    /** Whether this process had kept it. */
    boolean isFromMemory() {
        return status.equals("near") || status.equals("memory");
    }
}
