// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.invalidator.cli.explain.RowExplanation.TagEffect;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the tags that changes of a row evict: it tries each kind of change with the planner. */
final class TagProbe {
    /** Stands for each column that the mapping does not name for the entity. No column can have this name. */
    private static final String OTHER = "";

    private final Planner planner;
    private final MemoryRelations world;
    private final EntityMapping entity;

    TagProbe(Mapping mapping, EntityMapping entity) {
        Mapping tagsAlone = mapping.withoutKeys();
        this.planner = new Planner(tagsAlone);
        this.world = new MemoryRelations(tagsAlone, planner.reads());
        this.entity = tagsAlone.entity(entity.name());
    }

    /** @param known the row, as far as it is known: at least its id */
    List<TagEffect> effects(Row known) {
        Map<String, String> row = row(known);
        var effects = new ArrayList<TagEffect>();
        add(effects, "insert, delete", evictions(PlannedKeys.change(entity, Operation.DELETE, new Row(row), null)));
        Map<Set<String>, List<String>> columns = new LinkedHashMap<>();
        Map<Set<String>, List<Eviction>> evictions = new LinkedHashMap<>();
        for (String column : row.keySet()) {
            if (!entity.id().contains(column)) {
                List<Eviction> found = evictions(update(row, column));
                Set<String> same = new TreeSet<>();
                found.forEach(eviction -> same.add(eviction + ""));
                columns.computeIfAbsent(same, s -> new ArrayList<>())
                        .add(column.equals(OTHER) ? "any column not named here" : column);
                evictions.put(same, found);
            }
        }
        columns.forEach((same, names) -> add(effects, "update of " + String.join(", ", names), evictions.get(same)));
        return effects;
    }

    private static void add(List<TagEffect> effects, String when, List<Eviction> evictions) {
        if (!evictions.isEmpty()) {
            effects.add(new TagEffect(when, evictions));
        }
    }

    private List<Eviction> evictions(RowChange change) {
        return PlannedKeys.of(planner, change, world);
    }

    /** The columns that the mapping names, and one more. Values that decide which tags go are unknown, or known. */
    private Map<String, String> row(Row known) {
        var placing = new LinkedHashSet<>(entity.id());
        entity.isolate().ifPresent(placing::add);
        entity.parent().ifPresent(parent -> placing.addAll(parent.columns()));
        var row = new LinkedHashMap<String, String>();
        placing.forEach(column -> row.put(column, known.knows(column) ? known.get(column) : Row.UNAVAILABLE));
        for (var columns : List.of(entity.inherited(), entity.listed(), entity.ignored())) {
            columns.names().forEach(column -> row.putIfAbsent(column, ""));
        }
        row.put(OTHER, "");
        return row;
    }

    /** An update of one column, to a value that is not known. */
    private RowChange update(Map<String, String> row, String column) {
        var rest = new LinkedHashMap<>(row);
        rest.remove(column);
        var header = Header.of(rest.keySet(), Set.of(column));
        Row after = Row.of(header, rest.values().toArray(String[]::new));
        return PlannedKeys.change(entity, Operation.UPDATE, new Row(row), after);
    }
}
