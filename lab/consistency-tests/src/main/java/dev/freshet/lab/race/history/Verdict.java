// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

/**
 * The result of judging one answer.
 *
 * @param violation null if the answer is right
 * @param observation the part that is wrong; null if the answer is right
 * @param explanation for people to read; empty if the answer is right
 * @param age how long, in nanoseconds before the read began, the newest missed write had been known, whether demanded
 *     or not; 0 if none was missed
 */
public record Verdict(Violation violation, Observation observation, String explanation, long age) {
    static Verdict right(long age) {
        return new Verdict(null, null, "", age);
    }

    public boolean isWrong() {
        return violation != null;
    }
}
