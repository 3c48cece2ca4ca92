// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.MissingReference;
import dev.freshet.model.mapping.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Collects the problems of a file, so that one run reports all of them. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final List<Steps> steps = new ArrayList<>();
    private List<MissingReference> missing = List.of();

    private record Steps(Location at, String from, String to) {}

    void error(MappingCode code, Location at, String message) {
        found.add(Problem.of(code, at, message));
    }

    /** A path steps from one entity to another, but neither refers to the other. */
    void missingReference(Location at, String from, String to) {
        steps.add(new Steps(at, from, to));
    }

    /** Adds the tables of the entities to the missing references. Called once all entities are read. */
    void entities(Map<String, EntityMapping> entities) {
        missing = steps.stream()
                .map(step -> new MissingReference(
                        step.at(),
                        step.from(),
                        entities.get(step.from()).table(),
                        step.to(),
                        entities.get(step.to()).table()))
                .distinct()
                .toList();
    }

    boolean none() {
        return found.isEmpty();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new MappingException(
                    found.stream().sorted(Comparator.comparing(Problem::at)).toList(), missing);
        }
    }
}
