// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Role;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** An entity while it is being read: first its own content, then the parts that depend on other entities. */
final class EntityDraft {
    private static final List<String> KEYS = List.of(
            "table",
            "id",
            "isolate",
            "references",
            "parent",
            "inherited",
            "listed",
            "ignored",
            "keys",
            "resolved",
            "listing",
            "tags");
    private static final List<String> REFERENCE_KEYS = List.of("entity", "columns", "to");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    /** Not allowed as an entity name: the tag {@code project:3/inherited} would be ambiguous. */
    private static final String RESERVED = "inherited";

    private final YamlNodes nodes;
    private final String name;
    private final Location at;
    private final YamlMap map;
    private final List<String> id;
    private final ColumnSet ignored;
    private final Map<String, Reference> references = new LinkedHashMap<>();

    private EntityDraft(YamlNodes nodes, String name, Location at, YamlMap map) {
        this.nodes = nodes;
        this.name = name;
        this.at = at;
        this.map = map;
        this.id = map.get("id")
                .map(node -> nodes.someColumns(node, "id of " + name))
                .orElse(List.of());
        this.ignored = columnSet("ignored").orElse(ColumnSet.none());
    }

    static Optional<EntityDraft> read(YamlNodes nodes, String name, Location at, Node node) {
        if (name.equals(RESERVED)) {
            nodes.problems()
                    .error(MappingCode.BAD_NAME, at, "an entity cannot be named '" + RESERVED + "': tags use the word");
        } else if (!NAME.matcher(name).matches()) {
            nodes.problems()
                    .error(
                            MappingCode.BAD_NAME,
                            at,
                            "entity '" + name + "': expected a name of the form " + NAME.pattern());
        }
        return nodes.map(node, "entity " + name, KEYS).map(map -> {
            for (String required : List.of("table", "id")) {
                if (map.get(required).isEmpty()) {
                    nodes.problems()
                            .error(
                                    MappingCode.MISSING_KEY,
                                    at,
                                    "entity " + name + " has no '" + required + "', which is required");
                }
            }
            return new EntityDraft(nodes, name, at, map);
        });
    }

    String name() {
        return name;
    }

    Map<String, Reference> references() {
        return references;
    }

    void readReferences(Map<String, EntityDraft> entities) {
        Optional<YamlMap> written = map.get("references").flatMap(node -> nodes.map(node, "references of " + name));
        written.ifPresent(byName -> byName.values()
                .forEach((reference, node) -> readReference(reference, node, byName.at(reference), entities)
                        .ifPresent(r -> references.put(reference, r))));
    }

    private Optional<Reference> readReference(
            String reference, Node node, Location place, Map<String, EntityDraft> entities) {
        String what = "reference " + reference + " of " + name;
        String target = reference;
        List<String> columns;
        Optional<List<String>> to = Optional.empty();
        if (node instanceof MappingNode) {
            YamlMap full = nodes.map(node, what, REFERENCE_KEYS).orElseThrow();
            if (full.get("columns").isEmpty()) {
                nodes.problems().error(MappingCode.MISSING_KEY, place, what + " has no 'columns', which are required");
                return Optional.empty();
            }
            target = full.get("entity")
                    .flatMap(n -> nodes.text(n, "the name of an entity", what))
                    .orElse(target);
            columns = nodes.someColumns(full.get("columns").get(), "columns of " + what);
            to = full.get("to").map(n -> nodes.someColumns(n, "to of " + what));
        } else {
            columns = nodes.someColumns(node, what);
        }
        EntityDraft entity = entities.get(target);
        if (entity == null) {
            nodes.problems()
                    .error(
                            MappingCode.UNKNOWN_ENTITY,
                            place,
                            what + ": unknown entity '" + target + "'; " + Hint.of(target, entities.keySet()));
            return Optional.empty();
        }
        List<String> far = to.orElse(entity.id);
        if (columns.size() != far.size() && !columns.isEmpty() && !far.isEmpty()) {
            nodes.problems()
                    .error(
                            MappingCode.REFERENCE_WIDTH,
                            place,
                            what + ": " + columns + " cannot equal " + far + " of " + target
                                    + "; expected as many columns on both sides");
            return Optional.empty();
        }
        return Optional.of(new Reference(reference, target, columns, far, place));
    }

    EntityMapping finish(boolean tagsOfFile, StepResolver steps) {
        Optional<Reference> parent = parent();
        checkIgnored(parent);
        ColumnSet watched = ColumnSet.allBut(ignored.names());
        ColumnSet listed = columnSet("listed").orElse(watched);
        ColumnSet shown = listed.and(parent.map(Reference::columns).orElse(List.of()));
        var templates = new ArrayList<KeyTemplate>();
        templates.addAll(templates("keys", Role.OWN, watched, List.of(), steps));
        templates.addAll(templates("resolved", Role.RESOLVED, watched, List.of(), steps));
        templates.addAll(templates(
                "listing", Role.LISTING, shown, parent.map(Reference::columns).orElse(List.of()), steps));
        return new EntityMapping(
                name,
                table(),
                id,
                map.get("isolate").flatMap(node -> nodes.column(node, "isolate of " + name)),
                List.copyOf(references.values()),
                parent,
                columnSet("inherited").orElse(watched),
                listed,
                ignored,
                templates,
                map.get("tags")
                        .flatMap(node -> nodes.bool(node, "tags of " + name))
                        .orElse(tagsOfFile),
                map.keys(),
                at);
    }

    private TableName table() {
        String table = map.get("table")
                .flatMap(node -> nodes.text(node, "schema.table", "table of " + name))
                .orElse(name);
        return TableName.read(table).orElseGet(() -> {
            nodes.problems()
                    .error(
                            MappingCode.BAD_NAME,
                            map.at("table"),
                            "table '" + table + "': expected schema.table or table; a name with a dot in it stands in"
                                    + " double quotes, as in SQL: '\"a.b\"'");
            return new TableName(TableName.DEFAULT_SCHEMA, table);
        });
    }

    private Optional<Reference> parent() {
        return map.get("parent")
                .flatMap(node -> nodes.text(node, "the name of a reference", "parent of " + name)
                        .flatMap(reference -> {
                            if (!references.containsKey(reference)) {
                                nodes.problems()
                                        .error(
                                                MappingCode.UNKNOWN_ENTITY,
                                                nodes.at(node),
                                                "parent of " + name + ": unknown reference '" + reference + "'; "
                                                        + Hint.of(reference, references.keySet()));
                            }
                            return Optional.ofNullable(references.get(reference));
                        }));
    }

    private Optional<ColumnSet> columnSet(String key) {
        return map.get(key).map(node -> ColumnSet.of(nodes.columns(node, key + " of " + name)));
    }

    private void checkIgnored(Optional<Reference> parent) {
        refuseIgnored("id", id);
        parent.ifPresent(reference -> refuseIgnored("parent", reference.columns()));
        for (String key : List.of("isolate", "inherited", "listed")) {
            map.get(key).ifPresent(node -> refuseIgnored(key, quietColumns(node)));
        }
    }

    private void refuseIgnored(String key, List<String> columns) {
        for (String column : columns) {
            if (ignored.contains(column)) {
                nodes.problems()
                        .error(
                                MappingCode.IGNORED_IN_USE,
                                map.at("ignored"),
                                "column '" + column + "' of " + name + " cannot be ignored and be part of its " + key);
            }
        }
    }

    /** Reads the columns of a node without reporting its problems. They are reported when the key itself is read. */
    private List<String> quietColumns(Node node) {
        return new YamlNodes(at.file(), new Problems()).columns(node, "");
    }

    private List<KeyTemplate> templates(String key, Role role, ColumnSet on, List<String> always, StepResolver steps) {
        var reader = new TemplateReader(nodes, this, role, on, always, steps);
        return map.get(key)
                .map(node -> nodes.items(node).stream()
                        .map(reader::read)
                        .flatMap(Optional::stream)
                        .toList())
                .orElse(List.of());
    }
}
