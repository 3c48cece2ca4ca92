// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.world;

import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.history.RowState;
import dev.freshet.lab.race.history.RunClock;
import dev.freshet.lab.race.history.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/** Every row of a run. The set of rows never changes; whether each row exists does. Thread-safe. */
public final class World {
    /** The initial number of children of each parent. */
    private static final int CHILDREN = 2;

    private final List<Tree> trees = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Row> byName = new HashMap<>();
    private final AtomicLong versions = new AtomicLong(1);
    private final Write first;

    /**
     * A world whose rows the database is expected to hold: every row exists, with version 1.
     *
     * @param tasks minimum number of tasks, spread over as few users as have room for them
     */
    public World(int tasks) {
        int perUser = CHILDREN * CHILDREN * CHILDREN;
        int users = Math.max(1, (tasks + perUser - 1) / perUser);
        for (int user = 0; user < users; user++) {
            trees.add(tree("bench" + user, user));
        }
        first = new Write(1, "setup", rows, 0);
        for (var tree : trees) {
            tree.global().history().append(new RowState(first, true, null, 1));
            beginUnder(tree.projects(), List.of(tree.global()));
            beginUnder(tree.branches(), tree.projects());
            beginUnder(tree.tasks(), tree.branches());
        }
        first.committed(0, 0);
        for (var protocol : Protocol.values()) {
            first.invalidated(protocol, 0);
        }
    }

    private Tree tree(String user, int number) {
        var global = row(Level.GLOBAL, user, user);
        var projects = several(Level.PROJECT, user, number, CHILDREN);
        var branches = several(Level.BRANCH, user, number, CHILDREN * CHILDREN);
        var tasks = several(Level.TASK, user, number, CHILDREN * CHILDREN * CHILDREN);
        return new Tree(user, global, projects, branches, tasks, new ReentrantReadWriteLock());
    }

    private List<Row> several(Level level, String user, int tree, int count) {
        var some = new ArrayList<Row>();
        for (int i = 1; i <= count; i++) {
            some.add(row(level, user, Integer.toString(tree * 100 + i)));
        }
        return some;
    }

    private Row row(Level level, String user, String id) {
        var row = new Row(rows.size(), level, user, id);
        rows.add(row);
        byName.put(name(level, id), row);
        return row;
    }

    private void beginUnder(List<Row> children, List<Row> parents) {
        for (int i = 0; i < children.size(); i++) {
            var parent = parents.get(i * parents.size() / children.size());
            children.get(i).history().append(new RowState(first, true, parent, 1));
        }
    }

    public List<Tree> trees() {
        return Collections.unmodifiableList(trees);
    }

    public Tree treeOf(Row row) {
        return trees.stream()
                .filter(tree -> tree.user().equals(row.user()))
                .findFirst()
                .orElseThrow();
    }

    /** All rows, by their numbers. */
    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** @throws IllegalArgumentException if there is no such row */
    public Row row(Level level, String id) {
        var row = byName.get(name(level, id));
        if (row == null) {
            throw new IllegalArgumentException("there is no " + name(level, id) + " in this run");
        }
        return row;
    }

    private static String name(Level level, String id) {
        return level.label() + ":" + id;
    }

    /** The existing children of a row, as far as the holder of the structure can tell. */
    public List<Row> children(Row parent) {
        return parent.level()
                .child()
                .map(level -> treeOf(parent).rows(level).stream()
                        .filter(row -> row.history().latest().present())
                        .filter(row -> row.history().latest().parent() == parent)
                        .toList())
                .orElse(List.of());
    }

    /** A row, and everything below it that exists. */
    public Stream<Row> subtree(Row top) {
        return Stream.concat(Stream.of(top), children(top).stream().flatMap(this::subtree));
    }

    /** A row and all rows above it, from the global context down. The row must exist. */
    public static List<Row> chain(Row row) {
        var chain = new ArrayList<Row>();
        for (var each = row; each != null; each = each.history().latest().parent()) {
            chain.add(0, each);
        }
        return chain;
    }

    /** The number of writes begun so far. */
    public long writes() {
        return versions.get() - 1;
    }

    /** Adds a transaction to the histories. The caller must hold all of its rows. */
    public Write begin(String what, List<Change> changes) {
        var touched = changes.stream().map(Change::row).toList();
        var write = new Write(versions.incrementAndGet(), what, touched, RunClock.now());
        for (var change : changes) {
            change.row().history().append(change.state(write));
        }
        return write;
    }
}
