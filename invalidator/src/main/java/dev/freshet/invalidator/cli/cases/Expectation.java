// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.model.mapping.Location;
import java.util.Map;

/**
 * What a case expects to be evicted.
 *
 * @param targets with their places
 * @param keys whether keys are compared, by name and by pattern
 * @param tags whether tags are compared, by name and by pattern
 */
record Expectation(Map<Target, Location> targets, boolean keys, boolean tags) {
    Expectation {
        targets = Map.copyOf(targets);
    }

    boolean compares(Target target) {
        return switch (target.kind()) {
            case KEY, KEYS -> keys;
            case TAG, TAGS -> tags;
        };
    }
}
