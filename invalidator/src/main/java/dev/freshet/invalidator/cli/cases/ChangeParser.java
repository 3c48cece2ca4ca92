// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.yaml.YamlValue;
import dev.freshet.model.yaml.YamlValue.Scalar;
import dev.freshet.model.yaml.YamlValue.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads the rows and the changes of one case. */
final class ChangeParser {
    private static final Origin ONE_TRANSACTION = new Origin(1, null, Instant.EPOCH);
    private static final Map<String, Operation> OPERATIONS = new LinkedHashMap<>();

    static {
        OPERATIONS.put("insert", Operation.CREATE);
        OPERATIONS.put("update", Operation.UPDATE);
        OPERATIONS.put("delete", Operation.DELETE);
        OPERATIONS.put("truncate", Operation.TRUNCATE);
    }

    private final CaseNodes nodes;
    private final Mapping mapping;
    private final CaseRows rows;

    ChangeParser(CaseNodes nodes, Mapping mapping, CaseRows rows) {
        this.nodes = nodes;
        this.mapping = mapping;
        this.rows = rows;
    }

    /** Makes the columns known that rows give values. What is wrong is reported when the rows are read. */
    void learnRows(YamlValue value) {
        if (value instanceof Table tables) {
            tables.values()
                    .forEach((name, list) ->
                            find(name).ifPresent(entity -> CaseNodes.items(list).forEach(row -> learn(entity, row))));
        }
    }

    /** Makes the columns known that changes give values. What is wrong is reported when the changes are read. */
    void learnChanges(YamlValue value) {
        for (YamlValue change : CaseNodes.items(value)) {
            if (change instanceof Table table) {
                OPERATIONS.keySet().stream()
                        .map(table.values()::get)
                        .filter(name -> name instanceof Scalar)
                        .flatMap(name -> ((Scalar) name).text().stream())
                        .flatMap(name -> find(name).stream())
                        .forEach(entity -> {
                            table.get("old").ifPresent(row -> learn(entity, row));
                            table.get("new").ifPresent(row -> learn(entity, row));
                        });
            }
        }
    }

    /** The entity of that name or with that table. */
    private Optional<EntityMapping> find(String name) {
        return Optional.ofNullable(mapping.entities().get(name))
                .or(() -> TableName.read(name).flatMap(mapping::entityOf));
    }

    private Optional<EntityMapping> entity(String name, Location at) {
        Optional<EntityMapping> entity = find(name);
        if (entity.isEmpty()) {
            nodes.error(
                    at,
                    "unknown table or entity '" + name + "'; "
                            + Hint.of(name, mapping.entities().keySet()));
        }
        return entity;
    }

    private void learn(EntityMapping entity, YamlValue row) {
        if (row instanceof Table table) {
            rows.know(entity, table.values().keySet());
        }
    }

    /** The rows that exist, each as a CREATE. */
    List<RowChange> rows(YamlValue value) {
        var existing = new ArrayList<RowChange>();
        nodes.table(value, "rows", List.of())
                .ifPresent(tables -> tables.values()
                        .forEach((name, list) -> entity(name, tables.keys().get(name))
                                .ifPresent(entity -> CaseNodes.items(list)
                                        .forEach(row -> insert(entity, row).ifPresent(existing::add)))));
        return existing;
    }

    private Optional<RowChange> insert(EntityMapping entity, YamlValue row) {
        return values(entity, row).filter(values -> hasId(entity, values, row)).flatMap(values -> {
            if (rows.get(entity, CaseRows.id(entity, values)) != null) {
                nodes.error(row.at(), "a row of " + entity + " with this id exists already");
                return Optional.empty();
            }
            rows.put(entity, values);
            return Optional.of(change(entity, Operation.CREATE, null, rows.row(entity, values)));
        });
    }

    /** The changes, in their order. */
    List<RowChange> changes(YamlValue value) {
        var changes = new ArrayList<RowChange>();
        List<YamlValue> items = CaseNodes.items(value);
        if (items.isEmpty()) {
            nodes.error(value.at(), "change is an empty list; expected at least one change");
        }
        for (YamlValue item : items) {
            nodes.table(item, "change", known()).flatMap(this::change).ifPresent(changes::add);
        }
        return changes;
    }

    private static List<String> known() {
        var known = new ArrayList<>(OPERATIONS.keySet());
        known.addAll(List.of("old", "new"));
        return known;
    }

    private Optional<RowChange> change(Table table) {
        List<String> named =
                OPERATIONS.keySet().stream().filter(table.values()::containsKey).toList();
        if (named.size() != 1) {
            nodes.error(
                    table.at(),
                    "a change has " + (named.isEmpty() ? "none" : "more than one") + " of insert, update, delete and"
                            + " truncate; expected one of them, with the name of a table");
            return Optional.empty();
        }
        Operation operation = OPERATIONS.get(named.get(0));
        YamlValue name = table.values().get(named.get(0));
        return nodes.text(name, named.get(0))
                .flatMap(text -> entity(text, name.at()))
                .filter(entity -> hasImages(table, named.get(0), operation))
                .flatMap(entity -> change(entity, operation, table));
    }

    /** Whether the old and the new row are given where they are needed, and nowhere else. */
    private boolean hasImages(Table table, String name, Operation operation) {
        boolean right = true;
        if (table.get("new").isPresent() != (operation == Operation.CREATE || operation == Operation.UPDATE)) {
            nodes.error(table.at(), name + (table.get("new").isPresent() ? " has no 'new' row" : " needs 'new'"));
            right = false;
        }
        if (operation == Operation.DELETE && table.get("old").isEmpty()) {
            nodes.error(table.at(), name + " needs 'old', at least with the id");
            right = false;
        }
        if (table.get("old").isPresent() && (operation == Operation.CREATE || operation == Operation.TRUNCATE)) {
            nodes.error(table.at(), name + " has no 'old' row");
            right = false;
        }
        return right;
    }

    private Optional<RowChange> change(EntityMapping entity, Operation operation, Table table) {
        return switch (operation) {
            case CREATE -> insert(entity, table.values().get("new"));
            case UPDATE -> update(entity, table);
            case DELETE ->
                old(entity, table.values().get("old")).map(values -> {
                    rows.remove(entity, CaseRows.id(entity, values));
                    return change(entity, operation, rows.row(entity, values), null);
                });
            case TRUNCATE -> {
                rows.clear(entity);
                yield Optional.of(change(entity, operation, null, null));
            }
        };
    }

    private Optional<RowChange> update(EntityMapping entity, Table table) {
        YamlValue after = table.values().get("new");
        Optional<Map<String, String>> given = values(entity, after);
        // Without 'old', the new row has the id of the old one.
        YamlValue before = table.get("old").orElse(after);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        return (before == after ? existing(entity, given.get(), after) : old(entity, before)).map(old -> {
            var changed = new LinkedHashMap<>(old);
            changed.putAll(given.get());
            rows.remove(entity, CaseRows.id(entity, old));
            if (rows.get(entity, CaseRows.id(entity, changed)) != null) {
                nodes.error(after.at(), "new: another row of " + entity + " has this id");
            }
            rows.put(entity, changed);
            return change(entity, Operation.UPDATE, rows.row(entity, old), rows.row(entity, changed));
        });
    }

    /** The old row: the one that exists, or if there is none with this id, what is given. */
    private Optional<Map<String, String>> old(EntityMapping entity, YamlValue row) {
        return values(entity, row).filter(values -> hasId(entity, values, row)).flatMap(values -> {
            Map<String, String> existing = rows.get(entity, CaseRows.id(entity, values));
            if (existing == null) {
                return Optional.of(values);
            }
            for (Map.Entry<String, String> column : values.entrySet()) {
                if (!Objects.equals(column.getValue(), existing.get(column.getKey()))) {
                    nodes.error(
                            row.at(),
                            "old: the row of " + entity + " with this id has another value in column '"
                                    + column.getKey() + "'");
                    return Optional.empty();
                }
            }
            return Optional.of(existing);
        });
    }

    private Optional<Map<String, String>> existing(EntityMapping entity, Map<String, String> values, YamlValue at) {
        if (!hasId(entity, values, at)) {
            return Optional.empty();
        }
        Map<String, String> existing = rows.get(entity, CaseRows.id(entity, values));
        if (existing == null) {
            nodes.error(
                    at.at(),
                    "no row of " + entity + " with this id exists; expected it among 'rows', or 'old' beside 'new'");
        }
        return Optional.ofNullable(existing);
    }

    /** Column to value, as they are written. */
    private Optional<Map<String, String>> values(EntityMapping entity, YamlValue row) {
        Optional<Table> table = nodes.table(row, "a row of " + entity, List.of());
        if (table.isEmpty()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (Map.Entry<String, YamlValue> column : table.get().values().entrySet()) {
            if (!(column.getValue() instanceof Scalar scalar)) {
                nodes.unexpected(
                        column.getValue(), "the text that PostgreSQL prints", column.getKey() + " of " + entity);
                return Optional.empty();
            }
            values.put(column.getKey(), scalar.text().orElse(null));
        }
        return Optional.of(values);
    }

    private boolean hasId(EntityMapping entity, Map<String, String> values, YamlValue at) {
        for (String column : entity.id()) {
            if (values.get(column) == null) {
                nodes.error(
                        at.at(),
                        "a row of " + entity + " has no value for '" + column + "', part of its id; it has "
                                + (values.isEmpty() ? "none" : String.join(", ", values.keySet())));
                return false;
            }
        }
        return true;
    }

    private static RowChange change(EntityMapping entity, Operation operation, Row before, Row after) {
        return new RowChange(entity.table(), operation, before, after, ONE_TRANSACTION);
    }
}
