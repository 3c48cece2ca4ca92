// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.plan.join.Join;
import dev.freshet.core.plan.join.JoinNode;
import dev.freshet.core.plan.join.Watch;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.condition.Condition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How changes of one table's rows can make keys of one template stale. An insert and a delete always can. Immutable.
 *
 * @param node the table's place in the join
 */
public record Influence(Join join, JoinNode node) {
    /**
     * The columns whose update makes keys stale. The id is among them: a row with another id is another row. So are
     * those of conditions: a row for which one becomes true is one that appears.
     */
    public ColumnSet columns() {
        ColumnSet columns = ColumnSet.none();
        for (Watch watch : node.watches()) {
            columns = columns.or(watch.columns());
        }
        columns = columns.and(node.structure()).and(node.entity().id());
        for (Watch watch : node.watches()) {
            columns = columns.and(watch.when().columns());
        }
        return columns;
    }

    /**
     * What the row must meet for its changes to make keys stale; empty if nothing, and for the template's own table,
     * where the template says it.
     */
    public Optional<Condition> condition() {
        return node.isRoot() ? Optional.empty() : node.condition();
    }

    /** Those columns whose update makes the keys stale that the row was part of before, and those after it. */
    public Set<String> moving() {
        var moving = new LinkedHashSet<>(node.startColumns());
        moving.addAll(node.entity().id());
        return moving;
    }

    /** The steps from the row to all rows that its keys are made from; none if it is that row alone. */
    public List<RouteStep> route() {
        return RouteStep.of(this);
    }

    /** The reason for a key, unless the row moved. */
    public Reason reason() {
        return KeyRules.reason(join, node, false, false);
    }
}
