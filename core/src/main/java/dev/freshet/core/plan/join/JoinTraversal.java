// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.join;

import dev.freshet.core.plan.join.JoinNode.Expansion;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Completes the tuples of a join, starting with rows of one of its tables, table by table: one look-up for up to
 * {@link #CHUNK} tuples. Holds at most one chunk per table, however many tuples there are.
 *
 * @param <S> why a tuple is looked up
 */
public final class JoinTraversal<S> {
    /** How many tuples one look-up completes at most. */
    static final int CHUNK = 1000;

    private final List<Expansion> route;
    private final Relations world;
    private final Consumer<Tuple<S>> complete;

    public JoinTraversal(List<Expansion> route, Relations world, Consumer<Tuple<S>> complete) {
        this.route = route;
        this.world = world;
        this.complete = complete;
    }

    /**
     * Joined rows.
     *
     * @param rows by the index of their node; null if not looked up yet
     * @param start why they were looked up
     */
    public record Tuple<S>(Row[] rows, S start) {
        public Tuple<S> with(int node, Row row) {
            Row[] more = rows.clone();
            more[node] = row;
            return new Tuple<>(more, start);
        }
    }

    public void from(List<Tuple<S>> starts) {
        for (int i = 0; i < starts.size(); i += CHUNK) {
            expand(0, starts.subList(i, Math.min(i + CHUNK, starts.size())));
        }
    }

    private void expand(int level, List<Tuple<S>> tuples) {
        if (level == route.size()) {
            tuples.forEach(complete);
            return;
        }
        Expansion expansion = route.get(level);
        Map<List<String>, List<Tuple<S>>> byValue = new LinkedHashMap<>();
        for (Tuple<S> tuple : tuples) {
            List<String> value = tuple.rows()[expansion.from()].get(expansion.near());
            if (!value.contains(null)) {
                byValue.computeIfAbsent(value, v -> new ArrayList<>(1)).add(tuple);
            }
        }
        if (byValue.isEmpty()) {
            return;
        }
        List<List<Tuple<S>>> groups = List.copyOf(byValue.values());
        var next = new ArrayList<Tuple<S>>();
        world.find(expansion.to().entity().table(), expansion.far(), List.copyOf(byValue.keySet()), (i, row) -> {
            for (Tuple<S> tuple : groups.get(i)) {
                next.add(tuple.with(expansion.to().index(), row));
                if (next.size() == CHUNK) {
                    expand(level + 1, List.copyOf(next));
                    next.clear();
                }
            }
        });
        if (!next.isEmpty()) {
            expand(level + 1, next);
        }
    }
}
