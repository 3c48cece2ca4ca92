// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Step;
import java.util.List;

/**
 * One step of a path, to the rows of a table whose {@code far} columns equal this row's {@code near} columns. The names
 * of references and entities are not part of it.
 */
public record Hop(TableRule to, List<String> near, List<String> far) {
    public Hop {
        near = List.copyOf(near);
        far = List.copyOf(far);
    }

    static Hop of(Mapping mapping, Step step) {
        EntityMapping end = mapping.entity(step.entity());
        return new Hop(TableRule.unordered(mapping, end), step.near(), step.far());
    }

    static List<Hop> all(Mapping mapping, List<Step> steps) {
        return steps.stream().map(step -> of(mapping, step)).toList();
    }
}
