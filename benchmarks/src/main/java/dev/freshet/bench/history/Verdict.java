// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

/**
 * What is to be said of one answer.
 *
 * @param fault null if it is right
 * @param glimpse what is wrong about it; null if it is right
 * @param explanation in words; "" if it is right
 * @param age by how many nanoseconds the newest write known before the read began is missed, whether demanded or not; 0 if none
 */
public record Verdict(Fault fault, Glimpse glimpse, String explanation, long age) {
    static Verdict right(long age) {
        return new Verdict(null, null, "", age);
    }

    public boolean isWrong() {
        return fault != null;
    }
}
