// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.oracle;

import dev.freshet.lab.plan.design.Tables;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.From;
import dev.freshet.model.mapping.KeyTemplate.Literal;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.KeyTemplate.Role;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The keys of one template, each with its facts: one for each combination of rows that yields the key. */
final class TemplateFacts {
    private final KeyTemplate template;
    private final String name;
    private final Place root;
    /** The places of the columns in the key, in the order of the key. */
    private final List<Place> ends = new ArrayList<>();

    /**
     * A place that a path leads to. Places form a tree, because paths with a common beginning go through the same rows.
     */
    private static final class Place {
        private final EntityMapping entity;
        private final List<String> near;
        private final List<String> far;
        private final Step.Times times;
        private final List<Place> next = new ArrayList<>();
        /** Columns that the key, or a step to or from this place, is built from. */
        private final Set<String> built = new HashSet<>();

        private final List<From> watched = new ArrayList<>();
        private boolean named;

        Place(EntityMapping entity, List<String> near, List<String> far, Step.Times times) {
            this.entity = entity;
            this.near = near;
            this.far = far;
            this.times = times;
            built.addAll(entity.id());
            built.addAll(far);
        }

        /** Those that a row counts for. A row that the key is made of, or from which a path goes on, needs none. */
        List<From> watching(Map<String, String> row) {
            return watched.stream()
                    .filter(each -> SqlConditions.holds(each.when(), row))
                    .toList();
        }

        boolean counts(Map<String, String> row) {
            return named || !next.isEmpty() || !watching(row).isEmpty();
        }

        Place follow(Mapping mapping, Step step) {
            for (Place known : next) {
                if (known.entity.name().equals(step.entity())
                        && known.near.equals(step.near())
                        && known.far.equals(step.far())
                        && known.times == step.times()) {
                    return known;
                }
            }
            var place = new Place(mapping.entity(step.entity()), step.near(), step.far(), step.times());
            next.add(place);
            built.addAll(step.near());
            return place;
        }
    }

    TemplateFacts(Mapping mapping, EntityMapping entity, KeyTemplate template, int number) {
        this.template = template;
        this.name = "template " + number;
        this.root = new Place(entity, List.of(), List.of(), Step.Times.ONCE);
        root.named = true;
        root.watched.add(new From(List.of(), template.on()));
        for (KeyTemplate.Part part : template.parts()) {
            if (part instanceof Path path) {
                Place here = root;
                for (Step step : path.steps()) {
                    here = here.follow(mapping, step);
                    here.named = true;
                }
                here.built.add(path.column());
                ends.add(here);
            }
        }
        for (From from : template.from()) {
            Place here = root;
            for (Step step : from.steps()) {
                here = here.follow(mapping, step);
            }
            here.watched.add(from);
        }
        if (template.role() == Role.RESOLVED) {
            Place here = root;
            for (Step step : mapping.ancestors(entity)) {
                here = here.follow(mapping, step);
                here.watched.add(new From(List.of(), here.entity.inherited()));
            }
        }
        if (template.role() == Role.LISTING) {
            entity.parent().ifPresent(parent -> root.built.addAll(parent.columns()));
        }
    }

    void addTo(Function<TableName, Collection<Map<String, String>>> rows, Map<String, Set<String>> facts) {
        var index = new Index(rows);
        for (Map<String, String> row : rows.apply(root.entity.table())) {
            if (!SqlConditions.holds(template.when(), row)) {
                continue;
            }
            combine(index, List.of(Map.of(root, row)), root).forEach(combination -> {
                String key = key(combination);
                if (key != null) {
                    Set<String> fact = new TreeSet<>();
                    describe(index, root, List.of(row), combination, fact, 0);
                    Oracle.add(facts, Target.key(key), name + fact);
                }
            });
        }
    }

    /** All ways to choose one row for each place below this one that the key is built from. */
    private static List<Map<Place, Map<String, String>>> combine(
            Index index, List<Map<Place, Map<String, String>>> combinations, Place here) {
        List<Map<Place, Map<String, String>>> all = combinations;
        for (Place place : here.next) {
            if (place.named) {
                var more = new ArrayList<Map<Place, Map<String, String>>>();
                for (Map<Place, Map<String, String>> combination : all) {
                    for (Map<String, String> row : index.reached(combination.get(here), place)) {
                        Map<Place, Map<String, String>> longer = new HashMap<>(combination);
                        longer.put(place, row);
                        more.add(longer);
                    }
                }
                all = combine(index, more, place);
            }
        }
        return all;
    }

    private String key(Map<Place, Map<String, String>> combination) {
        var key = new StringBuilder();
        int path = 0;
        for (KeyTemplate.Part part : template.parts()) {
            String text = part instanceof Literal literal
                    ? literal.text()
                    : value(combination.get(ends.get(path++)), (Path) part);
            if (text == null) {
                return null;
            }
            key.append(text);
        }
        return key.toString();
    }

    private static String value(Map<String, String> row, Path path) {
        return SqlFunctions.apply(path.functions(), row.get(path.column()));
    }

    /**
     * Adds what the value is computed from: for a named place its one row, for other places all rows that are reached.
     */
    private static void describe(
            Index index,
            Place here,
            Collection<Map<String, String>> rows,
            Map<Place, Map<String, String>> combination,
            Set<String> facts,
            int depth) {
        for (Map<String, String> row : rows) {
            if (!here.counts(row)) {
                continue;
            }
            List<From> watching = here.watching(row);
            var shown =
                    new StringBuilder().append(System.identityHashCode(here)).append(' ');
            watching.forEach(each -> shown.append(here.watched.indexOf(each)).append(' '));
            row.forEach((column, value) -> {
                if (here.built.contains(column)
                        || watching.stream().anyMatch(each -> each.columns().contains(column))) {
                    shown.append(column)
                            .append('=')
                            .append(value == null ? "~" : "'" + value + "'")
                            .append(' ');
                }
            });
            facts.add(shown.toString());
        }
        for (Place place : here.next) {
            Set<Map<String, String>> reached = new LinkedHashSet<>();
            if (place.named) {
                reached.add(combination.get(place));
                rows.forEach(row -> links(index, place, row, combination.get(place), facts));
            } else {
                rows.forEach(row -> reached.addAll(index.reached(row, place)));
                rows.forEach(row -> links(index, place, row, null, facts));
            }
            describe(index, place, reached, combination, facts, depth + 1);
        }
    }

    /**
     * Adds the rows from which a step that repeats is taken: those between one row and another, or all if there is no
     * other.
     */
    private static void links(
            Index index, Place place, Map<String, String> from, Map<String, String> to, Set<String> facts) {
        if (place.times == Step.Times.ONCE) {
            return;
        }
        var starts = new ArrayList<>(List.of(from));
        starts.addAll(index.further(from, place));
        for (Map<String, String> start : starts) {
            if (to == null || index.further(start, place).contains(to)) {
                var columns = new ArrayList<>(place.entity.id());
                columns.addAll(place.near);
                columns.addAll(place.far);
                facts.add(System.identityHashCode(place) + " from " + Tables.values(start, columns));
            }
        }
    }

    /** Finds rows by the values of columns. */
    private record Index(
            Function<TableName, Collection<Map<String, String>>> rows,
            Map<List<Object>, Map<List<String>, List<Map<String, String>>>> found) {
        Index(Function<TableName, Collection<Map<String, String>>> rows) {
            this(rows, new HashMap<>());
        }

        /** All rows that a place's step leads to, as often as it says. */
        List<Map<String, String>> reached(Map<String, String> row, Place place) {
            if (place.times == Step.Times.ONCE) {
                return once(row, place);
            }
            var reached = new LinkedHashSet<Map<String, String>>();
            if (place.times == Step.Times.ANY) {
                reached.add(row);
            }
            reached.addAll(further(row, place));
            return List.copyOf(reached);
        }

        /** The rows that a step leads to if it is taken once or more. */
        Set<Map<String, String>> further(Map<String, String> row, Place place) {
            var reached = new LinkedHashSet<Map<String, String>>();
            var open = new ArrayDeque<>(List.of(row));
            while (!open.isEmpty()) {
                once(open.remove(), place).stream().filter(reached::add).forEach(open::add);
            }
            return reached;
        }

        private List<Map<String, String>> once(Map<String, String> row, Place place) {
            List<String> near = Tables.values(row, place.near);
            if (near.contains(null)) {
                return List.of();
            }
            return found.computeIfAbsent(List.of(place.entity.table(), place.far), by -> {
                        Map<List<String>, List<Map<String, String>>> index = new HashMap<>();
                        for (Map<String, String> each : rows.apply(place.entity.table())) {
                            index.computeIfAbsent(Tables.values(each, place.far), v -> new ArrayList<>(2))
                                    .add(each);
                        }
                        return index;
                    })
                    .getOrDefault(near, List.of());
        }
    }
}
