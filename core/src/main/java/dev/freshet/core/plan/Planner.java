// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.plan.join.Join;
import dev.freshet.core.plan.join.JoinNode;
import dev.freshet.core.plan.rows.Deltas;
import dev.freshet.core.plan.rows.Lookback;
import dev.freshet.core.plan.rows.Overlay;
import dev.freshet.core.plan.rows.Overlay.LookedUpTable;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.plan.rows.TableReads;
import dev.freshet.core.stream.Header;
import dev.freshet.model.mapping.ColumnUse;
import dev.freshet.model.mapping.ColumnUses;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A compiled mapping. It answers which keys and tags are stale because of row changes, and why. Each template is a
 * join, and planning is like maintaining a materialized view of it: a change evicts the keys of the joined rows that it
 * was part of, before and after its transaction. Immutable and thread-safe.
 */
public final class Planner {
    /** The default capacity, in rows. */
    public static final int DEFAULT_CAPACITY = 500_000;

    /** The size of a kept row with an id and a reference. A larger row counts as several. */
    public static final int ROW_BYTES = 300;

    private final Mapping mapping;
    private final long capacity;
    private final Map<String, EntityRules> rules = new HashMap<>();
    private final Map<TableName, TableReads> reads = new LinkedHashMap<>();
    private final Map<TableName, LookedUpTable> lookedUp = new HashMap<>();
    private final Deltas deltas;

    public Planner(Mapping mapping) {
        this(mapping, DEFAULT_CAPACITY);
    }

    /**
     * Compiles a mapping.
     *
     * @param capacity how many touched rows are kept, in tables that joins look up, in units of {@link #ROW_BYTES};
     *     beyond that, keys of joins are evicted by pattern
     */
    public Planner(Mapping mapping, int capacity) {
        this.mapping = mapping;
        this.capacity = (long) capacity * ROW_BYTES;
        this.deltas = new Deltas(mapping);
        var joins = new ArrayList<Join>();
        for (EntityMapping entity : mapping.entities().values()) {
            rules.put(entity.name(), new EntityRules(entity, new TagRules(mapping, entity), new ArrayList<>()));
            entity.templates().forEach(template -> joins.add(Join.compile(mapping, entity, template)));
        }
        for (Join join : joins) {
            join.nodes()
                    .forEach(node ->
                            rules.get(node.entity().name()).occurrences().add(new Occurrence(join, node)));
        }
        readTables(joins);
    }

    /** A table's part in one join. */
    record Occurrence(Join join, JoinNode node) {}

    /** The rules for everything that a change of one entity's rows can make stale. */
    record EntityRules(EntityMapping entity, TagRules tags, List<Occurrence> occurrences) {}

    private void readTables(List<Join> joins) {
        Map<String, Set<List<String>>> by = new HashMap<>();
        for (Join join : joins) {
            for (JoinNode node : join.nodes()) {
                node.route()
                        .forEach(expansion -> by.computeIfAbsent(
                                        expansion.to().entity().name(), name -> new LinkedHashSet<>())
                                .add(expansion.far()));
            }
        }
        List<ColumnUse> uses = ColumnUses.of(mapping);
        for (EntityMapping entity : mapping.entities().values()) {
            var columns = List.copyOf(ColumnUses.read(uses, entity));
            Set<List<String>> lookups = by.getOrDefault(entity.name(), Set.of());
            reads.put(entity.table(), new TableReads(columns, lookups));
            if (!lookups.isEmpty()) {
                lookedUp.put(
                        entity.table(), new LookedUpTable(entity.table(), Header.of(columns), entity.id(), lookups));
            }
        }
    }

    /** What planning reads, by table: everything that an implementation of {@link Relations} needs to know. */
    public Map<TableName, TableReads> reads() {
        return java.util.Collections.unmodifiableMap(reads);
    }

    /**
     * Starts to plan one transaction, when the look-ups cannot have seen later ones.
     *
     * @param now the rows as the transaction left them
     */
    public TransactionPlanner begin(Relations now) {
        return begin(now, newLookback());
    }

    /**
     * Starts to plan one transaction.
     *
     * @param now the rows as they are at any moment after the commit
     * @param lookback earlier transactions whose look-ups may have seen later ones
     */
    public TransactionPlanner begin(Relations now, Lookback lookback) {
        return new TransactionPlanner(this, now, new Overlay(now, lookedUp, capacity, lookback), lookback);
    }

    /** Creates a lookback, for a stream that lags behind the database in which rows are looked up. */
    public Lookback newLookback() {
        return new Lookback(capacity);
    }

    public Mapping mapping() {
        return mapping;
    }

    /** How changes of the entity's rows can make keys stale: one for each place that its table has in a join. */
    public List<Influence> influences(EntityMapping entity) {
        return rules(entity).occurrences().stream()
                .map(occurrence -> new Influence(occurrence.join(), occurrence.node()))
                .toList();
    }

    Deltas deltas() {
        return deltas;
    }

    public EntityRules rules(EntityMapping entity) {
        return rules.get(entity.name());
    }
}
