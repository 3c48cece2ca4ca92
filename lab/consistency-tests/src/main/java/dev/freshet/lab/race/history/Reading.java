// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import java.util.List;

/**
 * One read and its answer.
 *
 * @param started {@link RunClock} before the read was sent
 * @param ended {@link RunClock} after it was answered
 * @param demand the writes that it must show
 * @param observations what it shows of each row; for a chain of rows, from the top down
 */
public record Reading(long started, long ended, Demand demand, List<Observation> observations) {
    public Reading {
        observations = List.copyOf(observations);
    }
}
