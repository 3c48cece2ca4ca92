// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

/**
 * The result of judging one answer.
 *
 * @param fault null if the answer is right
 * @param glimpse the part that is wrong; null if the answer is right
 * @param explanation for people to read; empty if the answer is right
 * @param age how long, in nanoseconds before the read began, the newest missed write had been known, whether demanded
 *     or not; 0 if none was missed
 */
public record Verdict(Fault fault, Glimpse glimpse, String explanation, long age) {
    static Verdict right(long age) {
        return new Verdict(null, null, "", age);
    }

    public boolean isWrong() {
        return fault != null;
    }
}
