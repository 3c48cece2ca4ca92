// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.plan.Influence;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of one case while it is read, by entity and id. A column that the case does not give a value is null. */
final class CaseRows {
    private final Planner planner;
    private final Map<String, Map<List<String>, Map<String, String>>> rows = new HashMap<>();
    /** Every column of an entity that the case or the mapping names. */
    private final Map<String, Set<String>> columns = new HashMap<>();

    CaseRows(Planner planner) {
        this.planner = planner;
    }

    /** Makes columns known that the case gives values. */
    void know(EntityMapping entity, Set<String> given) {
        columns(entity).addAll(given);
    }

    /** The row's values, or null if there is no such row. */
    Map<String, String> get(EntityMapping entity, List<String> id) {
        return of(entity).get(id);
    }

    void put(EntityMapping entity, Map<String, String> values) {
        of(entity).put(id(entity, values), values);
    }

    void remove(EntityMapping entity, List<String> id) {
        of(entity).remove(id);
    }

    void clear(EntityMapping entity) {
        of(entity).clear();
    }

    private Map<List<String>, Map<String, String>> of(EntityMapping entity) {
        return rows.computeIfAbsent(entity.name(), name -> new LinkedHashMap<>());
    }

    /** The id of a row; null in place of a value that it does not have. */
    static List<String> id(EntityMapping entity, Map<String, String> values) {
        var id = new ArrayList<String>();
        entity.id().forEach(column -> id.add(values.get(column)));
        return id;
    }

    /** The whole row. */
    Row row(EntityMapping entity, Map<String, String> values) {
        var whole = new LinkedHashMap<String, String>();
        columns(entity).forEach(column -> whole.put(column, values.get(column)));
        return Row.of(Header.of(whole.keySet()), whole.values().toArray(String[]::new));
    }

    private Set<String> columns(EntityMapping entity) {
        return columns.computeIfAbsent(entity.name(), name -> {
            var named = new LinkedHashSet<>(planner.reads().get(entity.table()).columns());
            for (Influence influence : planner.influences(entity)) {
                named.addAll(influence.columns().names());
            }
            entity.references().stream().map(Reference::columns).forEach(named::addAll);
            for (var set : List.of(entity.inherited(), entity.listed(), entity.ignored())) {
                named.addAll(set.names());
            }
            return named;
        });
    }
}
