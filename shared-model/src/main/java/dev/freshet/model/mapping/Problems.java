// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a file, so that one run tells all of it. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void error(Location at, String message) {
        found.add(Problem.error(at, message));
    }

    boolean none() {
        return found.isEmpty();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new MappingException(
                    found.stream().sorted(Comparator.comparing(Problem::at)).toList());
        }
    }
}
