// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The protocol, less some of its guards. */
final class Protocol {
    private final Set<Guard> without;
    private final List<Stage> order;
    private final int covered;

    private Protocol(Set<Guard> without, int covered) {
        this.without = without;
        this.covered = covered;
        this.order = order();
    }

    static Protocol without(Guard... guards) {
        var set = EnumSet.noneOf(Guard.class);
        set.addAll(List.of(guards));
        return new Protocol(set, Row.ALL_ROWS);
    }

    /** The same, with an invalidator that evicts the tags of these rows alone, and says so. */
    Protocol covering(int rows) {
        return new Protocol(without, rows);
    }

    /** What of these tags is evicted. */
    int covered(int tags) {
        return tags & covered;
    }

    boolean isCovered(int tags) {
        return covered(tags) == tags;
    }

    boolean has(Guard guard) {
        return !without.contains(guard);
    }

    /** The tags of an entry. */
    int tags(int value) {
        int rows = Value.rows(value);
        boolean rowTag = has(Value.isAbsent(value) ? Guard.ABSENT_TAG : Guard.ROW_TAG);
        return rowTag ? rows : rows & ~Row.TASK.bit;
    }

    Stage first() {
        return order.get(0);
    }

    Stage after(Stage stage) {
        int next = order.indexOf(stage) + 1;
        return next < order.size() ? order.get(next) : Stage.IDLE;
    }

    /** What the invalidator does with a batch. */
    private List<Stage> order() {
        var stages = new ArrayList<>(List.of(Stage.GATE, Stage.EVICT, Stage.PUBLISH, Stage.ACKNOWLEDGE));
        if (!has(Guard.VISIBILITY_GATE)) {
            stages.remove(Stage.GATE);
        }
        if (!has(Guard.GATE_BEFORE_EVICT)) {
            swap(stages, Stage.GATE, Stage.EVICT);
        }
        if (!has(Guard.EVICT_BEFORE_PUBLISH)) {
            swap(stages, Stage.EVICT, Stage.PUBLISH);
        }
        if (!has(Guard.EVICT_BEFORE_ACKNOWLEDGE)) {
            stages.remove(Stage.ACKNOWLEDGE);
            stages.add(stages.indexOf(Stage.EVICT), Stage.ACKNOWLEDGE);
        }
        if (!has(Guard.PUBLISH_BEFORE_ACKNOWLEDGE)) {
            swap(stages, Stage.PUBLISH, Stage.ACKNOWLEDGE);
        }
        return List.copyOf(stages);
    }

    private static void swap(List<Stage> stages, Stage one, Stage other) {
        Collections.swap(stages, stages.indexOf(one), stages.indexOf(other));
    }

    @Override
    public String toString() {
        return without.isEmpty() ? "intact" : "without " + without;
    }
}
