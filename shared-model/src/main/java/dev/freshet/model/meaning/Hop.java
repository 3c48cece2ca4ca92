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
 *
 * @param times {@code *} if it is taken zero times or more, {@code +} if once or more; null if once
 */
public record Hop(TableRule to, List<String> near, List<String> far, String times) {
    public Hop {
        near = List.copyOf(near);
        far = List.copyOf(far);
    }

    static Hop of(Mapping mapping, Step step) {
        EntityMapping end = mapping.entity(step.entity());
        return new Hop(
                TableRule.unordered(mapping, end),
                step.near(),
                step.far(),
                step.isRepeated() ? step.times().sign() : null);
    }

    static List<Hop> all(Mapping mapping, List<Step> steps) {
        return steps.stream().map(step -> of(mapping, step)).toList();
    }

    /** As in a path, with the table in place of the reference. */
    String spelled() {
        return to.table() + (times == null ? "" : times);
    }
}
