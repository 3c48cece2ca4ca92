// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import java.util.List;
import java.util.Set;

/**
 * What an exploration found.
 *
 * @param depth steps from the initial state to the farthest state
 * @param outcomes all that actors learned by their steps
 * @param schedule the shortest way to a violation; empty if there is none
 */
record Exploration(int states, long steps, int depth, Set<String> outcomes, List<Step<?>> schedule) {
    boolean foundViolation() {
        return !schedule.isEmpty();
    }

    /** The way to the violation, one numbered line a step. */
    String story() {
        var text = new StringBuilder();
        for (int i = 0; i < schedule.size(); i++) {
            text.append(String.format("%3d. %s%n", i + 1, schedule.get(i)));
        }
        return text.toString();
    }
}
