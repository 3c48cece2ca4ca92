// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.plan.Planner.EntityRules;
import dev.freshet.core.plan.Planner.Occurrence;
import dev.freshet.core.plan.join.Join;
import dev.freshet.core.plan.join.JoinNode;
import dev.freshet.core.plan.join.JoinTraversal;
import dev.freshet.core.plan.join.JoinTraversal.Tuple;
import dev.freshet.core.plan.rows.Cause;
import dev.freshet.core.plan.rows.LookUpException;
import dev.freshet.core.plan.rows.Lookback;
import dev.freshet.core.plan.rows.Overlay;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.plan.rows.RowDelta;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.protocol.Lsn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plans one transaction, whole or in chunks. Each chunk is planned against the rows as they were before all chunks so
 * far, so joined rows that several chunks changed are found by the last of them. One thread at a time.
 */
public final class TransactionPlanner {
    private final Planner planner;
    private final Relations now;
    private final Overlay old;
    private final Lookback lookback;
    /** Joins that were evicted by pattern: they need no further planning. */
    private final Set<Join> wiped = new HashSet<>();

    TransactionPlanner(Planner planner, Relations now, Overlay old, Lookback lookback) {
        this.planner = planner;
        this.now = now;
        this.old = old;
        this.lookback = lookback;
    }

    /**
     * Whether the transaction touched more rows than the capacity allows, so that keys of joins are evicted by pattern.
     */
    public boolean isOverCapacity() {
        return old.isFull();
    }

    /**
     * Plans the next changes of the transaction, in the order of the WAL. Passes on evictions as they are found; the
     * same key may come several times. A value that a change does not carry counts as changed; if a key needs it, or if
     * what a function yields for it cannot be told, all keys of the template are evicted.
     */
    public void plan(List<RowChange> changes, Consumer<Eviction> evictions) {
        Collection<RowDelta> deltas = planner.deltas()
                .sum(changes, (entity, change) -> new Wipe(planner, entity, change).plan(wiped::add, evictions));
        deltas.forEach(old::remember);
        Map<Occurrence, Starts> walks = new LinkedHashMap<>();
        for (RowDelta delta : deltas) {
            EntityRules rules = planner.rules(delta.entity());
            rules.tags().plan(delta, evictions);
            for (Occurrence occurrence : rules.occurrences()) {
                if (KeyRules.matters(occurrence.node(), delta)) {
                    start(occurrence, delta, walks, evictions);
                }
            }
        }
        walks.forEach((occurrence, starts) -> {
            if (!wiped.contains(occurrence.join())) {
                try {
                    walk(occurrence, starts.before, old, evictions);
                    walk(occurrence, starts.after, now, evictions);
                } catch (LookUpException e) {
                    wipe(occurrence.join(), starts, evictions);
                }
            }
        });
    }

    /** Evicts all keys of the join, because a look-up of its rows failed. */
    private void wipe(Join join, Starts starts, Consumer<Eviction> evictions) {
        Start start =
                (starts.before.isEmpty() ? starts.after : starts.before).get(0).start();
        wiped.add(join);
        evictions.accept(
                new Eviction.OfKeys(join.glob(), start.reason(), start.delta().cause(), join.template()));
    }

    /**
     * Ends the transaction: it is complete.
     *
     * @param before the commit position of the transaction before it in the stream
     */
    public void end(Lsn before) {
        lookback.add(old, before);
    }

    /** The change that led to a tuple. */
    private record Start(RowDelta delta, Reason reason) {}

    /** The rows at which the walks of one table in one join start. */
    private record Starts(List<Tuple<Start>> before, List<Tuple<Start>> after) {}

    private void start(
            Occurrence occurrence, RowDelta delta, Map<Occurrence, Starts> walks, Consumer<Eviction> evictions) {
        Join join = occurrence.join();
        JoinNode node = occurrence.node();
        if (wiped.contains(join)) {
            return;
        }
        boolean placed = KeyRules.places(join, node, delta);
        Row before = placedBy(node, old.first(delta));
        Row after = placedBy(node, delta.after());
        if (before == null && after == null) {
            return;
        }
        boolean alone = node.route().isEmpty();
        boolean both = after == null || placed || differs(node);
        if (untold(before, node) || untold(after, node) || (!alone && old.isFull())) {
            wiped.add(join);
            Reason reason = KeyRules.reason(join, node, placed, true);
            evictions.accept(new Eviction.OfKeys(join.glob(), reason, delta.cause(), join.template()));
            return;
        }
        if (alone) {
            if (before != null && both) {
                evict(join, rows(join, node, before), delta, KeyRules.reason(join, node, placed, true), evictions);
            }
            if (after != null) {
                evict(join, rows(join, node, after), delta, KeyRules.reason(join, node, placed, false), evictions);
            }
            return;
        }
        var starts = walks.computeIfAbsent(occurrence, o -> new Starts(new ArrayList<>(), new ArrayList<>()));
        if (before != null && both) {
            starts.before.add(tuple(join, node, before, delta, KeyRules.reason(join, node, placed, true)));
        }
        if (after != null) {
            starts.after.add(tuple(join, node, after, delta, KeyRules.reason(join, node, placed, false)));
        }
    }

    /** The row, or null if it is none of the join's, as it does not meet a condition. */
    private static Row placedBy(JoinNode node, Row row) {
        return node.mayCount(row) ? row : null;
    }

    /** Whether the rows that a row in the same place leads to may have been different before the transaction. */
    private boolean differs(JoinNode node) {
        for (JoinNode.Expansion expansion : node.route()) {
            if (old.touches(expansion.to().entity().table())) {
                return true;
            }
        }
        return false;
    }

    private static boolean untold(Row image, JoinNode node) {
        return image != null && !image.knowsAll(node.startColumns());
    }

    private static Tuple<Start> tuple(Join join, JoinNode node, Row row, RowDelta delta, Reason reason) {
        return new Tuple<>(rows(join, node, row), new Start(delta, reason));
    }

    /** Joined rows of which one is known. */
    private static Row[] rows(Join join, JoinNode node, Row row) {
        var rows = new Row[join.nodes().size()];
        rows[node.index()] = row;
        return rows;
    }

    private void walk(Occurrence occurrence, List<Tuple<Start>> starts, Relations world, Consumer<Eviction> evictions) {
        new JoinTraversal<Start>(
                        occurrence.node().route(),
                        world,
                        tuple -> evict(
                                occurrence.join(),
                                tuple.rows(),
                                tuple.start().delta(),
                                tuple.start().reason(),
                                evictions))
                .from(starts);
    }

    private void evict(Join join, Row[] rows, RowDelta delta, Reason reason, Consumer<Eviction> evictions) {
        if (wiped.contains(join)) {
            return;
        }
        Optional<List<String>> keys = join.keys(rows);
        if (keys.isEmpty()) {
            wiped.add(join);
            evictions.accept(new Eviction.OfKeys(join.glob(), reason, delta.cause(), join.template()));
            return;
        }
        for (String key : keys.get()) {
            evictions.accept(new Eviction.OfKey(key, reason, delta.cause(), join.template()));
        }
    }

    /** Evicts by pattern, for a change that does not say which rows it affects. */
    private record Wipe(Planner planner, EntityMapping entity, RowChange change) {
        public void plan(Consumer<Join> wiped, Consumer<Eviction> evictions) {
            var cause = new Cause(change.table(), change.operation(), Map.of(), change.origin());
            Reason reason = change.operation() == Operation.TRUNCATE ? Reason.TRUNCATED : Reason.OWN;
            for (EntityMapping below : planner.mapping().subtreeOf(entity)) {
                EntityRules rules = planner.rules(below);
                if (below.tags()) {
                    evictions.accept(new Eviction.OfTags(below.name() + ":*", reason, cause));
                }
                for (Occurrence occurrence : rules.occurrences()) {
                    wiped.accept(occurrence.join());
                    evictions.accept(new Eviction.OfKeys(
                            occurrence.join().glob(),
                            reason,
                            cause,
                            occurrence.join().template()));
                }
            }
            planner.mapping()
                    .parentOf(entity)
                    .filter(EntityMapping::tags)
                    .ifPresent(parent -> evictions.accept(
                            new Eviction.OfTags(parent.name() + ":*/" + entity.name(), reason, cause)));
        }
    }
}
