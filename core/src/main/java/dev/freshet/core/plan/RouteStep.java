// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.plan.join.JoinNode;
import dev.freshet.core.plan.join.JoinNode.Expansion;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.Step.Times;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One step from a changed row towards the rows that its keys are made from.
 *
 * @param depth how many steps away from the changed row, from 1
 * @param up along the reference, to the one row that it points at; false: against it, to all rows that point here
 * @param reference its name
 * @param near columns of the row before, which equal the far ones
 * @param times how often it is taken
 */
public record RouteStep(
        int depth, EntityMapping to, boolean up, String reference, List<String> near, List<String> far, Times times) {
    public RouteStep {
        near = List.copyOf(near);
        far = List.copyOf(far);
    }

    /** The steps, each behind the one that it continues. */
    static List<RouteStep> of(Influence influence) {
        var steps = new ArrayList<RouteStep>();
        add(steps, influence, influence.node(), 1);
        return steps;
    }

    private static void add(List<RouteStep> steps, Influence influence, JoinNode here, int depth) {
        for (Expansion expansion : influence.node().route()) {
            if (expansion.from() == here.index()) {
                EntityMapping to = expansion.to().entity();
                Reference up = reference(here.entity(), to, expansion.near(), expansion.far());
                Reference down = reference(to, here.entity(), expansion.far(), expansion.near());
                steps.add(new RouteStep(
                        depth,
                        to,
                        up != null,
                        (up != null ? up : down).name(),
                        expansion.near(),
                        expansion.far(),
                        expansion.times()));
                add(steps, influence, expansion.to(), depth + 1);
            }
        }
    }

    /** The reference of one entity to another by these columns, or null. */
    private static Reference reference(EntityMapping of, EntityMapping to, List<String> columns, List<String> far) {
        return of.references().stream()
                .filter(reference -> reference.entity().equals(to.name())
                        && pairs(reference.columns(), reference.to()).equals(pairs(columns, far)))
                .findFirst()
                .orElse(null);
    }

    private static Set<List<String>> pairs(List<String> some, List<String> others) {
        Set<List<String>> pairs = new HashSet<>();
        for (int i = 0; i < some.size(); i++) {
            pairs.add(List.of(some.get(i), others.get(i)));
        }
        return pairs;
    }

    @Override
    public String toString() {
        var pairs = new ArrayList<String>();
        for (int i = 0; i < near.size(); i++) {
            pairs.add(near.get(i) + " = " + to + "." + far.get(i));
        }
        return (up ? "up to " : "down to ") + to + " by reference " + reference + " (" + String.join(", ", pairs) + ")"
                + switch (times) {
                    case ONCE -> "";
                    case ANY -> ", zero times or more";
                    case SOME -> ", once or more";
                };
    }
}
