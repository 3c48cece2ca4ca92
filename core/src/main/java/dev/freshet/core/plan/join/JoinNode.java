// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.join;

import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.Step.Times;
import dev.freshet.model.mapping.condition.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One table in a {@link Join}: its place in the tree, and the columns that matter there. */
public final class JoinNode {
    private final EntityMapping entity;
    private final JoinNode parent;
    private final Step step;
    private final int index;
    /** For a row within a step that repeats, the table at the end of the step; otherwise null. */
    private final JoinNode linked;

    private final List<JoinNode> children = new ArrayList<>();
    private final Set<String> keyColumns = new LinkedHashSet<>();
    private final Map<Condition, ColumnSet> watched = new LinkedHashMap<>();
    private boolean inherited;

    // Computed by sealColumns() and sealRoute().
    private final Set<String> structure = new LinkedHashSet<>();
    private boolean carriesKey;
    private boolean passed;
    private List<Watch> watches = List.of();
    private List<Expansion> route = List.of();
    private Set<String> startColumns = Set.of();

    JoinNode(EntityMapping entity, JoinNode parent, Step step, int index) {
        this(entity, parent, step, null, index);
        if (parent != null) {
            parent.children.add(this);
        }
    }

    private JoinNode(EntityMapping entity, JoinNode parent, Step step, JoinNode linked, int index) {
        this.entity = entity;
        this.parent = parent;
        this.step = step;
        this.linked = linked;
        this.index = index;
    }

    /** The rows that a step that repeats passes through: the step is taken from each of them. */
    static JoinNode within(JoinNode end, int index) {
        return new JoinNode(end.entity, end.parent, end.step, end, index);
    }

    /** The existing child for a step, or null. Paths with the same beginning share the nodes. */
    JoinNode child(Step taken) {
        for (JoinNode child : children) {
            if (child.entity.name().equals(taken.entity())
                    && child.step.near().equals(taken.near())
                    && child.step.far().equals(taken.far())
                    && child.step.times() == taken.times()) {
                return child;
            }
        }
        return null;
    }

    void useInKey(String column) {
        keyColumns.add(column);
    }

    /** @param when the condition that a row must meet for its columns to matter */
    void watch(ColumnSet columns, Condition when) {
        watched.merge(when, columns, ColumnSet::or);
    }

    void markInherited() {
        inherited = true;
    }

    /** Computes, from the leaves up, which tables the key is built from and which columns the join uses. */
    void sealColumns() {
        children.forEach(JoinNode::sealColumns);
        carriesKey =
                parent == null || !keyColumns.isEmpty() || children.stream().anyMatch(c -> c.carriesKey);
        passed = parent != null && (linked != null || !keyColumns.isEmpty() || !children.isEmpty());
        watches = watched.entrySet().stream()
                .map(each -> new Watch(each.getValue(), each.getKey()))
                .toList();
        structure.addAll(keyColumns);
        if (parent != null) {
            structure.addAll(step.far());
        }
        if (linked != null) {
            structure.addAll(step.near());
        }
        children.forEach(child -> structure.addAll(child.step.near()));
    }

    /** Computes the route from here to the root and to every table that the key is built from. */
    void sealRoute() {
        Set<JoinNode> wanted = new LinkedHashSet<>();
        for (JoinNode node = this; node != null; node = node.parent) {
            wanted.add(node);
        }
        var reached = new ArrayList<JoinNode>(List.of(this));
        var expansions = new ArrayList<Expansion>();
        if (linked != null) {
            // From here to both ends. The row itself may be where the step begins, but not where it ends.
            expansions.add(new Expansion(index, parent, step.far(), step.near(), Times.ANY));
            reached.add(parent);
            if (linked.carriesKey) {
                expansions.add(new Expansion(index, linked, step.near(), step.far(), Times.SOME));
                reached.add(linked);
            }
        }
        for (int i = linked == null ? 0 : 1; i < reached.size(); i++) {
            JoinNode here = reached.get(i);
            if (here.parent != null && !reached.contains(here.parent)) {
                expansions.add(
                        new Expansion(here.index, here.parent, here.step.far(), here.step.near(), here.step.times()));
                reached.add(here.parent);
            }
            for (JoinNode child : here.children) {
                if ((child.carriesKey || wanted.contains(child)) && !reached.contains(child)) {
                    expansions.add(
                            new Expansion(here.index, child, child.step.near(), child.step.far(), child.step.times()));
                    reached.add(child);
                }
            }
        }
        route = List.copyOf(expansions);
        startColumns = new LinkedHashSet<>(keyColumns);
        expansions.stream().filter(e -> e.from() == index).forEach(e -> startColumns.addAll(e.near()));
    }

    public EntityMapping entity() {
        return entity;
    }

    public int index() {
        return index;
    }

    /** The table from which the join reaches this one; empty for the root. */
    public Optional<JoinNode> parent() {
        return Optional.ofNullable(parent);
    }

    /** The step from the parent to here; null for the root. */
    public Step step() {
        return step;
    }

    /** Whether the key is built from this table or from one behind it. */
    public boolean carriesKey() {
        return carriesKey;
    }

    /** The steps from the root to here, as paths are written; empty for the root. */
    public String path() {
        if (parent == null) {
            return "";
        }
        return parent.parent == null ? step.text() : parent.path() + "." + step.text();
    }

    public boolean isRoot() {
        return parent == null;
    }

    /** Whether it stands for the rows that a step that repeats passes through. */
    public boolean isWithin() {
        return linked != null;
    }

    /** Whether the root inherits from this row. */
    public boolean isInherited() {
        return inherited || (linked != null && linked.inherited);
    }

    /** Columns whose change matters although nothing is built from them, by the condition of their rows. */
    public List<Watch> watches() {
        return watches;
    }

    /**
     * Whether a row is part of the join, as far as its conditions can be told. A row from which the join goes on to
     * others is, whatever it holds.
     *
     * @param row null if there is none
     */
    public boolean mayCount(Row row) {
        if (passed) {
            return row != null;
        }
        for (Watch watch : watches) {
            if (watch.mayHold(row)) {
                return true;
            }
        }
        return false;
    }

    /** What a row must meet to be part of the join; empty if every row is. */
    public Optional<Condition> condition() {
        if (passed || watches.stream().anyMatch(Watch::isUnconditional)) {
            return Optional.empty();
        }
        List<Condition> conditions = watches.stream().map(Watch::when).toList();
        return Optional.of(conditions.size() == 1 ? conditions.get(0) : new Condition.Any(conditions));
    }

    /** Columns that keys are built from or that lead to other rows. */
    public Set<String> structure() {
        return structure;
    }

    /**
     * The look-ups that complete a tuple that starts with a row of this table; empty if the key follows from the row
     * alone.
     */
    public List<Expansion> route() {
        return route;
    }

    /**
     * Columns of a starting row that the walk needs first. Without them no key can be found. If one of them changes,
     * the row is, or was, part of other keys.
     */
    public Set<String> startColumns() {
        return startColumns;
    }

    /**
     * One look-up: from a known row to its neighbours.
     *
     * @param from index of the known node
     * @param near columns of the known row
     * @param far columns of the rows to find, with the same values
     * @param times how often the look-up is repeated, with the rows that it found
     */
    public record Expansion(int from, JoinNode to, List<String> near, List<String> far, Times times) {}
}
