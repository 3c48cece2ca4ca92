// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.join;

import dev.freshet.core.plan.join.JoinNode.Expansion;
import dev.freshet.core.plan.rows.LookUpException;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.Step.Times;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Completes the tuples of a join, starting with rows of one of its tables, table by table: one look-up for up to
 * {@link #CHUNK} tuples. Holds at most one chunk per table, however many tuples there are, and the rows that the
 * repetitions of a step have led to.
 *
 * @param <S> why a tuple is looked up
 */
public final class JoinTraversal<S> {
    /** How many tuples one look-up completes at most. */
    static final int CHUNK = 1000;

    /** How many rows the repetitions of a step lead to at most. Beyond that, keys are evicted by pattern. */
    private static final int MOST_REACHED = 1_000_000;

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
        var next = new ArrayList<Tuple<S>>();
        reach(route.get(level), tuples, tuple -> {
            next.add(tuple);
            if (next.size() == CHUNK) {
                expand(level + 1, List.copyOf(next));
                next.clear();
            }
        });
        if (!next.isEmpty()) {
            expand(level + 1, next);
        }
    }

    private void reach(Expansion expansion, List<Tuple<S>> tuples, Consumer<Tuple<S>> reached) {
        int to = expansion.to().index();
        if (expansion.times() == Times.ONCE) {
            find(
                    expansion,
                    tuples,
                    tuple -> tuple.rows()[expansion.from()],
                    (tuple, row) -> reached.accept(tuple.with(to, row)));
            return;
        }
        if (expansion.times() == Times.ANY) {
            tuples.forEach(tuple -> reached.accept(tuple.with(to, tuple.rows()[expansion.from()])));
        }
        repeat(expansion, tuples, reached);
    }

    /** One look-up: from some rows to their neighbours. */
    private <T> void find(Expansion expansion, List<T> from, Function<T, Row> rowOf, BiConsumer<T, Row> found) {
        Map<List<String>, List<T>> byValue = new LinkedHashMap<>();
        for (T each : from) {
            List<String> value = rowOf.apply(each).get(expansion.near());
            if (!value.contains(null)) {
                byValue.computeIfAbsent(value, v -> new ArrayList<>(1)).add(each);
            }
        }
        if (byValue.isEmpty()) {
            return;
        }
        List<List<T>> groups = List.copyOf(byValue.values());
        world.find(
                expansion.to().entity().table(),
                expansion.far(),
                List.copyOf(byValue.keySet()),
                (i, row) -> groups.get(i).forEach(each -> found.accept(each, row)));
    }

    /** A row that a step has led to, and the number of the tuple where it began. */
    private record Place(int origin, Row row) {}

    /**
     * The step again and again, level by level, until it leads to no other rows. Where it leads in a circle, each row is
     * reached once.
     */
    private void repeat(Expansion expansion, List<Tuple<S>> origins, Consumer<Tuple<S>> reached) {
        List<Set<Row>> seen = new ArrayList<>();
        List<Place> level = new ArrayList<>();
        for (int i = 0; i < origins.size(); i++) {
            seen.add(new HashSet<>());
            level.add(new Place(i, origins.get(i).rows()[expansion.from()]));
        }
        int size = 0;
        while (!level.isEmpty()) {
            List<Place> further = new ArrayList<>();
            for (int i = 0; i < level.size(); i += CHUNK) {
                find(expansion, level.subList(i, Math.min(i + CHUNK, level.size())), Place::row, (place, row) -> {
                    if (seen.get(place.origin()).add(row)) {
                        further.add(new Place(place.origin(), row));
                        reached.accept(
                                origins.get(place.origin()).with(expansion.to().index(), row));
                    }
                });
            }
            size += further.size();
            if (size > MOST_REACHED) {
                throw new LookUpException(new IllegalStateException("a step that repeats leads to too many rows"));
            }
            level = further;
        }
    }
}
