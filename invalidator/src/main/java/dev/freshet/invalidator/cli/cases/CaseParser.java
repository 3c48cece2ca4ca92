// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.plan.Eviction.Kind;
import dev.freshet.core.plan.Planner;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.yaml.YamlValue;
import dev.freshet.model.yaml.YamlValue.Scalar;
import dev.freshet.model.yaml.YamlValue.Sequence;
import dev.freshet.model.yaml.YamlValue.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the cases of a file for one mapping. Reports all that is wrong, each with its place. */
final class CaseParser {
    /** Keys of the file. */
    static final List<String> FILE = List.of("mapping", "cases");

    private static final List<String> CASE = List.of("name", "rows", "change", "expect");
    private static final Map<String, Kind> LISTS = new LinkedHashMap<>();

    static {
        LISTS.put("keys", Kind.KEY);
        LISTS.put("key-patterns", Kind.KEYS);
        LISTS.put("tags", Kind.TAG);
        LISTS.put("tag-patterns", Kind.TAGS);
    }

    private final Mapping mapping;
    private final Planner planner;
    private final CaseNodes nodes;

    CaseParser(Mapping mapping, CaseNodes nodes) {
        this.mapping = mapping;
        this.planner = new Planner(mapping);
        this.nodes = nodes;
    }

    /** The cases; some are left out if something is wrong, which the nodes then know. */
    List<TestCase> cases(Table file) {
        var cases = new ArrayList<TestCase>();
        var names = new LinkedHashMap<String, Location>();
        Optional<YamlValue> list = file.get("cases");
        if (list.isEmpty()) {
            nodes.error(file.at(), "the key 'cases' is missing; expected a list of cases");
        } else if (!(list.get() instanceof Sequence sequence)
                || sequence.items().isEmpty()) {
            nodes.unexpected(list.get(), "a list of at least one case", "cases");
        } else {
            for (YamlValue item : sequence.items()) {
                read(item, names).ifPresent(cases::add);
            }
        }
        return cases;
    }

    private Optional<TestCase> read(YamlValue item, Map<String, Location> names) {
        Optional<Table> table = nodes.table(item, "a case", CASE);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        for (String required : List.of("name", "change", "expect")) {
            if (table.get().get(required).isEmpty()) {
                nodes.error(table.get().at(), "the case has no '" + required + "', which is required");
                return Optional.empty();
            }
        }
        YamlValue named = table.get().get("name").orElseThrow();
        Optional<String> name = nodes.text(named, "name of a case");
        name.ifPresent(text -> {
            Location first = names.putIfAbsent(text, named.at());
            if (first != null) {
                nodes.error(named.at(), "the name '" + text + "' stands twice, first in line " + first.line());
            }
        });
        var rows = new CaseRows(planner);
        var changes = new ChangeParser(nodes, mapping, rows);
        // All columns of the case are known before its first row is made.
        table.get().get("rows").ifPresent(changes::learnRows);
        table.get().get("change").ifPresent(changes::learnChanges);
        var existing = table.get().get("rows").map(changes::rows).orElse(List.of());
        var made = changes.changes(table.get().get("change").orElseThrow());
        Expectation expected = expectation(table.get().get("expect").orElseThrow());
        return name.map(text -> new TestCase(text, table.get().at(), existing, made, expected));
    }

    private Expectation expectation(YamlValue value) {
        var targets = new LinkedHashMap<Target, Location>();
        if (!(value instanceof Table)) {
            add(targets, Kind.KEY, value);
            return new Expectation(targets, true, false);
        }
        Table lists = nodes.table(value, "expect", List.copyOf(LISTS.keySet())).orElseThrow();
        LISTS.forEach((list, kind) -> lists.get(list).ifPresent(items -> add(targets, kind, items)));
        return new Expectation(
                targets,
                lists.get("keys").or(() -> lists.get("key-patterns")).isPresent(),
                lists.get("tags").or(() -> lists.get("tag-patterns")).isPresent());
    }

    private void add(Map<Target, Location> targets, Kind kind, YamlValue items) {
        if (items instanceof Scalar scalar && scalar.text().isEmpty()) {
            nodes.unexpected(items, "a list, [] for none", "expect");
            return;
        }
        for (YamlValue item : CaseNodes.items(items)) {
            target(kind, item).ifPresent(target -> {
                if (targets.putIfAbsent(target, item.at()) != null) {
                    nodes.error(item.at(), "'" + target + "' stands twice in expect");
                }
            });
        }
    }

    private Optional<Target> target(Kind kind, YamlValue item) {
        if (kind == Kind.TAG && item instanceof Table) {
            Table owned = nodes.table(item, "a tag", List.of("tag", "isolate")).orElseThrow();
            if (owned.get("tag").isEmpty() || owned.get("isolate").isEmpty()) {
                nodes.error(item.at(), "a tag of an owner needs both 'tag' and 'isolate'");
                return Optional.empty();
            }
            Optional<String> name = nodes.text(owned.get("tag").get(), "tag");
            return nodes.text(owned.get("isolate").get(), "isolate")
                    .flatMap(isolate -> name.map(tag -> new Target(kind, isolate, tag)));
        }
        return nodes.text(item, "expect").map(name -> new Target(kind, null, name));
    }
}
