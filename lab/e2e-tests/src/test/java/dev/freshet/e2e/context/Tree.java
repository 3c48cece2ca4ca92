// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.context;

import dev.freshet.e2e.process.Json;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A user's small hierarchy, with short names for its contexts:
 *
 * <pre>
 * G ─┬─ P1 ─┬─ B1 ─┬─ T1
 *    │      │      └─ T2
 *    │      └─ B2 ─── T3
 *    └─ P2 ─── B3 ─── T4
 * </pre>
 *
 * NP, NB and NT do not exist (yet); that they do not exist is cached, too.
 */
public final class Tree {
    /** One context of the tree. */
    public record Node(String name, Level level, Object id) {
        public String path() {
            return level.path(id);
        }

        public long number() {
            return (Long) id;
        }
    }

    /** One view of one context, such as {@code B1.resolved}. */
    public record View(Node node, String kind) {
        public String path() {
            return switch (kind) {
                case "own" -> node.path();
                case "resolved" -> node.path() + "/resolved";
                default -> node.level().listPath(node.id());
            };
        }

        /** Compares an answer for this view with the tables. Returns what is wrong. */
        public String wrong(ViewOracle oracle, String owner, Answer answer) {
            var value = answer.status() == 404 ? Json.parse("null") : answer.body();
            return oracle.wrong(owner, node.level(), node.id().toString(), kind, value);
        }

        @Override
        public String toString() {
            return node.name() + "." + kind;
        }
    }

    /** Ids from here on come from the tables' sequences. Smaller ids are chosen by the tests. */
    public static final long FIRST_OF_SEQUENCES = 10_000_000L;

    private static final AtomicLong IDS = new AtomicLong();

    private final User user;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private Tree(User user) {
        this.user = user;
    }

    /** A tree without any context, not even a global one. */
    public static Tree empty(User user) {
        var tree = new Tree(user);
        tree.node("G", Level.GLOBAL, user.name());
        for (var level : List.of(Level.PROJECT, Level.BRANCH, Level.TASK)) {
            tree.node("N" + level.name().charAt(0), level, IDS.incrementAndGet());
        }
        return tree;
    }

    /** A full tree, created with plain SQL in one transaction. */
    public static Tree full(User user, Database database) throws SQLException {
        var tree = empty(user);
        database.transaction(sql -> {
            sql.execute(
                    "insert into freshet.global_context (user_id, name, document) values (?, 'global', ?::jsonb)",
                    user.name(),
                    document("global", "global"));
            tree.insert(sql, "P1", Level.PROJECT, "G");
            tree.insert(sql, "P2", Level.PROJECT, "G");
            tree.insert(sql, "B1", Level.BRANCH, "P1");
            tree.insert(sql, "B2", Level.BRANCH, "P1");
            tree.insert(sql, "B3", Level.BRANCH, "P2");
            tree.insert(sql, "T1", Level.TASK, "B1");
            tree.insert(sql, "T2", Level.TASK, "B1");
            tree.insert(sql, "T3", Level.TASK, "B2");
            tree.insert(sql, "T4", Level.TASK, "B3");
        });
        return tree;
    }

    private void insert(Database sql, String name, Level level, String parent) throws SQLException {
        var node = node(name, level, IDS.incrementAndGet());
        insert(sql, node, nodes.get(parent).id());
    }

    /** Adds the row of a context of this tree. */
    public void insert(Database sql, Node node, Object parent) throws SQLException {
        if (node.level() == Level.PROJECT) {
            sql.execute(
                    "insert into freshet.project_context (id, user_id, name, document) values (?, ?, ?, ?::jsonb)",
                    node.id(),
                    parent,
                    node.name(),
                    document("project", node.name()));
        } else {
            sql.execute(
                    "insert into %s (id, user_id, %s, name, document) values (?, ?, ?, ?, ?::jsonb)"
                            .formatted(node.level().table(), node.level().parentColumn()),
                    node.id(),
                    user.name(),
                    parent,
                    node.name(),
                    document(node.level().label(), node.name()));
        }
    }

    /** Each level has its own field, and one that the nearest level overrides. */
    private static String document(String level, String name) {
        return Json.text(Map.of(level, name, "nearest", level, "nested", Map.of(level, 1)));
    }

    /** Sets the id of a context that does not exist yet. */
    public void foresee(String name, long id) {
        node(name, nodes.get(name).level(), id);
    }

    private Node node(String name, Level level, Object id) {
        var node = new Node(name, level, id);
        nodes.put(name, node);
        return node;
    }

    public Node node(String name) {
        var node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("there is no " + name + " in " + nodes.keySet());
        }
        return node;
    }

    public long id(String name) {
        return node(name).number();
    }

    public User user() {
        return user;
    }

    /** Every view of every context, existing or not. */
    public List<View> views() {
        var views = new ArrayList<View>();
        for (var node : nodes.values()) {
            views.add(new View(node, "own"));
            views.add(new View(node, "resolved"));
            if (node.level().hasChildren()) {
                views.add(new View(node, "list"));
            }
        }
        return views;
    }
}
