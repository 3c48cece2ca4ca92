// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.e2e.process.Json;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All contexts as in the tables, and what each view of them should contain. Computed only from the rows, so that it can
 * be compared with what the services answer.
 */
public final class ViewOracle {
    private record Row(
            String id, String owner, String parent, String name, JsonNode document, String status, long version) {}

    private final Map<Level, Map<String, Row>> rows = new EnumMap<>(Level.class);
    private final Map<String, TreeMap<Long, Row>> children = new HashMap<>();

    private ViewOracle() {}

    /** Reads all contexts in one snapshot. The connection must see all rows. */
    public static ViewOracle read(Database database) throws SQLException {
        return read(database, "%");
    }

    /** Reads the contexts of users whose names match the LIKE pattern. */
    public static ViewOracle read(Database database, String like) throws SQLException {
        var oracle = new ViewOracle();
        database.transaction(snapshot -> {
            snapshot.execute("set transaction isolation level repeatable read, read only");
            for (var level : Level.values()) {
                oracle.read(snapshot, level, like);
            }
        });
        return oracle;
    }

    private void read(Database database, Level level, String like) throws SQLException {
        var parent = level == Level.GLOBAL ? "null" : level.parentColumn();
        var status = level == Level.TASK ? "status" : "null";
        var found = new HashMap<String, Row>();
        for (var row : database.rows(
                "select %s, user_id, %s, name, document, %s, version from %s where user_id like ?"
                        .formatted(level.idColumn(), parent, status, level.table()),
                like)) {
            var context = new Row(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    row.get(3),
                    Json.parse(row.get(4)),
                    row.get(5),
                    Long.parseLong(row.get(6)));
            found.put(context.id, context);
            if (level != Level.GLOBAL) {
                children.computeIfAbsent(level.label() + " of " + context.parent, ignored -> new TreeMap<>())
                        .put(Long.parseLong(context.id), context);
            }
        }
        rows.put(level, found);
    }

    /** What is wrong with an entry of the cache; "" if it is right. */
    public String wrong(Entry entry) {
        return wrong(entry.owner(), entry.level(), entry.id(), entry.view(), entry.value());
    }

    /** What is wrong with an answer; "" if it is right. A null or missing value means that there is no such context. */
    public String wrong(String owner, Level level, String id, String view, JsonNode value) {
        var row = rows.get(level).get(id);
        var exists = row != null && row.owner.equals(owner);
        var absent = value.isNull() || value.isMissingNode();
        var isList = !view.equals("own") && !view.equals("resolved");
        if (isList && level == Level.GLOBAL ? absent : exists == absent) {
            return absent ? "is said to be missing, but exists" : "is answered, but does not exist: " + value;
        }
        if (absent) {
            return "";
        }
        if (isList) {
            return difference("items", items(level, owner, id, view), value.path("items"));
        }
        var wrong = difference("name", row.name, value.path("name").asText());
        if (view.equals("resolved")) {
            return wrong + difference("document", resolved(level, row), value.path("document"));
        }
        return wrong
                + difference("document", row.document, value.path("document"))
                + difference("version", row.version, value.path("version").asLong())
                + (level == Level.GLOBAL
                        ? ""
                        : difference("parent", row.parent, value.path("parent").asText()))
                + (level == Level.TASK
                        ? difference("status", row.status, value.path("status").asText())
                        : "");
    }

    private static String difference(String what, Object expected, Object actual) {
        return expected.equals(actual) ? "" : what + " is " + actual + " instead of " + expected + ";";
    }

    /** The chain's documents, merged from the top; these tests put no nulls into them. */
    private JsonNode resolved(Level level, Row row) {
        var chain = new ArrayDeque<Row>();
        for (var i = level.ordinal(); row != null; i--) {
            chain.push(row);
            row = i == 0 ? null : rows.get(Level.values()[i - 1]).get(row.parent);
        }
        var merged = Json.object();
        chain.forEach(link -> merge(merged, link.document));
        return merged;
    }

    private static void merge(ObjectNode target, JsonNode source) {
        source.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode object) {
                var inner = target.get(field.getKey()) instanceof ObjectNode there ? there : Json.object();
                merge(inner, object);
                target.set(field.getKey(), inner);
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    /** A list's view is called {@code entity.limit.after}. */
    private JsonNode items(Level level, String owner, String id, String view) {
        var page = view.equals("list") ? List.of(level.child().label(), "50", "0") : List.of(view.split("\\."));
        var items = Json.object().putArray("items");
        children
                .getOrDefault(page.get(0) + " of " + id, new TreeMap<>())
                .tailMap(Long.parseLong(page.get(2)), false)
                .values()
                .stream()
                .filter(child -> child.owner.equals(owner))
                .limit(Integer.parseInt(page.get(1)))
                .forEach(child -> {
                    var item = items.addObject()
                            .put("id", Long.parseLong(child.id))
                            .put("name", child.name);
                    if (child.status != null) {
                        item.put("status", child.status);
                    }
                });
        // Read again, so that numbers have the classes that a parser gives them.
        return Json.parse(items.toString());
    }
}
