// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

import java.util.List;

/**
 * One read and its answer.
 *
 * @param started {@link Ticks} before the read was sent
 * @param ended {@link Ticks} after it was answered
 * @param demand the writes that it must show
 * @param glimpses what it shows of each row; for a chain of rows, from the top down
 */
public record Reading(long started, long ended, Demand demand, List<Glimpse> glimpses) {
    public Reading {
        glimpses = List.copyOf(glimpses);
    }
}
