// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

import java.util.List;

/**
 * One read and its answer.
 *
 * @param started {@link Ticks} before it was sent
 * @param ended {@link Ticks} after it was answered
 * @param demand what it must show
 * @param glimpses what it shows, row by row; of a chain of rows: from the top down
 */
public record Reading(long started, long ended, Demand demand, List<Glimpse> glimpses) {
    public Reading {
        glimpses = List.copyOf(glimpses);
    }
}
