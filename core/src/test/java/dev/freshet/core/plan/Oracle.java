// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.From;
import dev.freshet.model.mapping.KeyTemplate.Literal;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.KeyTemplate.Role;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Step;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Recomputes, from nothing, every key and tag of a world and the facts that it is computed from. What is stale between
 * two worlds is what has other facts.
 */
final class Oracle {
    private final Mapping mapping;

    Oracle(Mapping mapping) {
        this.mapping = mapping;
    }

    Set<String> stale(World before, World after) {
        Map<String, Set<String>> then = facts(before);
        Map<String, Set<String>> now = facts(after);
        var all = new TreeSet<>(then.keySet());
        all.addAll(now.keySet());
        all.removeIf(key -> Objects.equals(then.get(key), now.get(key)));
        return all;
    }

    Map<String, Set<String>> facts(World world) {
        Map<String, Set<String>> facts = new HashMap<>();
        for (EntityMapping entity : mapping.entities().values()) {
            for (KeyTemplate template : entity.templates()) {
                new TemplateFacts(world, entity, template).addTo(facts);
            }
            tags(world, entity, facts);
        }
        return facts;
    }

    private void tags(World world, EntityMapping entity, Map<String, Set<String>> facts) {
        for (Map<String, String> row : world.rows(entity)) {
            List<String> id = World.values(row, entity.id());
            Isolate isolate = isolate(entity, row);
            if (entity.tags()) {
                add(facts, tag(isolate, Tag.row(entity.name(), id)), show(row, entity.watched()));
                for (EntityMapping child : mapping.childrenOf(entity)) {
                    String moves = entity.parent()
                            .map(p -> World.values(row, p.columns()).toString())
                            .orElse("");
                    add(facts, tag(isolate, Tag.inherited(entity.name(), id)), moves + show(row, entity.inherited()));
                    add(facts, tag(isolate, Tag.children(entity.name(), id, child.name())), "exists");
                }
            }
            mapping.parentOf(entity).filter(EntityMapping::tags).ifPresent(parent -> {
                List<String> parentId = World.values(row, entity.parentId(parent));
                if (!parentId.contains(null)) {
                    Tag tag = Tag.children(parent.name(), parentId, entity.name());
                    add(facts, tag(isolate, tag), entity.name() + id + show(row, entity.listed()));
                }
            });
        }
    }

    private static Isolate isolate(EntityMapping entity, Map<String, String> row) {
        String owner = entity.isolate().map(row::get).orElse(null);
        return owner == null ? Isolate.SHARED : Isolate.of(owner);
    }

    static String tag(Isolate isolate, Tag tag) {
        return "tag " + isolate + " " + tag;
    }

    private static void add(Map<String, Set<String>> facts, String key, String fact) {
        facts.computeIfAbsent(key, k -> new HashSet<>()).add(fact);
    }

    private static String show(Map<String, String> row, ColumnSet columns) {
        var shown = new TreeSet<String>();
        row.forEach((column, value) -> {
            if (columns.contains(column)) {
                shown.add(column + "=" + value);
            }
        });
        return shown.toString();
    }

    /** The facts behind the keys of one template. */
    private final class TemplateFacts {
        private final World world;
        private final EntityMapping root;
        private final KeyTemplate template;
        private final List<From> from = new ArrayList<>();
        /** Every beginning of a path to a column of the key, shortest first. */
        private final Set<List<Step>> keyPaths = new java.util.LinkedHashSet<>();

        private final Set<List<Step>> fromPaths = new java.util.LinkedHashSet<>();

        TemplateFacts(World world, EntityMapping root, KeyTemplate template) {
            this.world = world;
            this.root = root;
            this.template = template;
            from.addAll(template.from());
            if (template.role() == Role.RESOLVED) {
                var steps = new ArrayList<Step>();
                for (EntityMapping e = root; e.parent().isPresent(); ) {
                    steps.add(Step.along(e.parent().get()));
                    e = mapping.entity(e.parent().get().entity());
                    from.add(new From(steps, e.inherited()));
                }
            }
            for (KeyTemplate.Part part : template.parts()) {
                if (part instanceof Path path) {
                    beginnings(path.steps(), keyPaths);
                }
            }
            from.forEach(f -> beginnings(f.steps(), fromPaths));
            fromPaths.removeAll(keyPaths);
        }

        private void beginnings(List<Step> steps, Collection<List<Step>> into) {
            for (int i = 1; i <= steps.size(); i++) {
                into.add(steps.subList(0, i));
            }
        }

        void addTo(Map<String, Set<String>> facts) {
            for (Map<String, String> row : world.rows(root)) {
                List<Map<List<Step>, Map<String, String>>> bindings = new ArrayList<>();
                bindings.add(new LinkedHashMap<>(Map.of(List.of(), row)));
                for (List<Step> path : keyPaths) {
                    var next = new ArrayList<Map<List<Step>, Map<String, String>>>();
                    for (var binding : bindings) {
                        for (Map<String, String> reached : reach(binding.get(beforeLast(path)), last(path))) {
                            var more = new LinkedHashMap<>(binding);
                            more.put(path, reached);
                            next.add(more);
                        }
                    }
                    bindings = next;
                }
                for (var binding : bindings) {
                    String key = key(binding);
                    if (key != null) {
                        add(facts, key, describe(binding));
                    }
                }
            }
        }

        private List<Map<String, String>> reach(Map<String, String> row, Step step) {
            List<String> near = World.values(row, step.near());
            return near.contains(null)
                    ? List.of()
                    : world.rows(mapping.entity(step.entity())).stream()
                            .filter(other -> World.values(other, step.far()).equals(near))
                            .toList();
        }

        private String key(Map<List<Step>, Map<String, String>> binding) {
            var key = new StringBuilder();
            for (KeyTemplate.Part part : template.parts()) {
                String text = part instanceof Literal literal
                        ? literal.text()
                        : binding.get(((Path) part).steps()).get(((Path) part).column());
                if (text == null) {
                    return null;
                }
                key.append(text);
            }
            return key.toString();
        }

        private String describe(Map<List<Step>, Map<String, String>> binding) {
            var shown = new TreeSet<String>();
            binding.forEach((path, row) -> shown.add(fact(path, row)));
            var reached = new HashMap<List<Step>, List<Map<String, String>>>();
            binding.forEach((path, row) -> reached.put(path, List.of(row)));
            for (List<Step> path : fromPaths) {
                var rows = new ArrayList<Map<String, String>>();
                for (Map<String, String> row : reached.get(beforeLast(path))) {
                    rows.addAll(reach(row, last(path)));
                }
                reached.put(path, rows);
                rows.forEach(row -> shown.add(fact(path, row)));
            }
            return template + " " + shown;
        }

        /** What of a row matters at the end of a path. */
        private String fact(List<Step> path, Map<String, String> row) {
            var columns = new TreeSet<String>();
            EntityMapping entity =
                    path.isEmpty() ? root : mapping.entity(last(path).entity());
            columns.addAll(entity.id());
            if (!path.isEmpty()) {
                columns.addAll(last(path).far());
            }
            for (Set<List<Step>> paths : List.of(keyPaths, fromPaths)) {
                paths.stream()
                        .filter(longer -> beforeLast(longer).equals(path))
                        .forEach(longer -> columns.addAll(last(longer).near()));
            }
            for (KeyTemplate.Part part : template.parts()) {
                if (part instanceof Path p && p.steps().equals(path)) {
                    columns.add(p.column());
                }
            }
            row.keySet().stream()
                    .filter(column -> (path.isEmpty() && template.on().contains(column))
                            || from.stream()
                                    .anyMatch(f -> f.steps().equals(path)
                                            && f.columns().contains(column)))
                    .forEach(columns::add);
            return path + show(row, ColumnSet.of(columns));
        }

        private List<Step> beforeLast(List<Step> path) {
            return path.subList(0, path.size() - 1);
        }

        private Step last(List<Step> path) {
            return path.get(path.size() - 1);
        }
    }
}
