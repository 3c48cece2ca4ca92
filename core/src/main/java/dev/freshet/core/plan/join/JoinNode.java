// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.join;

import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One table in a {@link Join}: its place in the tree, and the columns that matter there. */
public final class JoinNode {
    private final EntityMapping entity;
    private final JoinNode parent;
    private final Step step;
    private final int index;
    private final List<JoinNode> children = new ArrayList<>();
    private final Set<String> keyColumns = new LinkedHashSet<>();
    private ColumnSet watched = ColumnSet.none();
    private boolean inherited;

    // Computed by sealColumns() and sealRoute().
    private final Set<String> structure = new LinkedHashSet<>();
    private boolean carriesKey;
    private List<Expansion> route = List.of();
    private Set<String> startColumns = Set.of();

    JoinNode(EntityMapping entity, JoinNode parent, Step step, int index) {
        this.entity = entity;
        this.parent = parent;
        this.step = step;
        this.index = index;
        if (parent != null) {
            parent.children.add(this);
        }
    }

    /** The existing child for a step, or null. Paths with the same beginning share the nodes. */
    JoinNode child(Step taken) {
        for (JoinNode child : children) {
            if (child.entity.name().equals(taken.entity())
                    && child.step.near().equals(taken.near())
                    && child.step.far().equals(taken.far())) {
                return child;
            }
        }
        return null;
    }

    void useInKey(String column) {
        keyColumns.add(column);
    }

    void watch(ColumnSet columns) {
        watched = watched.or(columns);
    }

    void markInherited() {
        inherited = true;
    }

    /** Computes, from the leaves up, which tables the key is built from and which columns the join uses. */
    void sealColumns() {
        children.forEach(JoinNode::sealColumns);
        carriesKey =
                parent == null || !keyColumns.isEmpty() || children.stream().anyMatch(c -> c.carriesKey);
        structure.addAll(keyColumns);
        if (parent != null) {
            structure.addAll(step.far());
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
        for (int i = 0; i < reached.size(); i++) {
            JoinNode here = reached.get(i);
            if (here.parent != null && !reached.contains(here.parent)) {
                expansions.add(new Expansion(here.index, here.parent, here.step.far(), here.step.near()));
                reached.add(here.parent);
            }
            for (JoinNode child : here.children) {
                if ((child.carriesKey || wanted.contains(child)) && !reached.contains(child)) {
                    expansions.add(new Expansion(here.index, child, child.step.near(), child.step.far()));
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

    /** Whether the root inherits from this row. */
    public boolean isInherited() {
        return inherited;
    }

    /** Columns whose change matters although nothing is built from them. */
    public ColumnSet watched() {
        return watched;
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
     */
    public record Expansion(int from, JoinNode to, List<String> near, List<String> far) {}
}
