// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The order of the subjects in a round: another one is first in each, so that none always follows the same one. */
public final class Rounds {
    private Rounds() {}

    /** @param round from 1 */
    public static <T> List<T> order(List<T> subjects, int round) {
        var order = new ArrayList<>(subjects);
        Collections.rotate(order, -(round - 1));
        return List.copyOf(order);
    }
}
