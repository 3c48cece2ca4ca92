// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.staleness;

import static dev.freshet.e2e.staleness.Change.api;
import static dev.freshet.e2e.staleness.Change.sql;

import dev.freshet.e2e.context.Level;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * "What a change makes stale", row by row and at each level, written by hand for {@link
 * dev.freshet.e2e.context.Tree}. Nothing here uses the product's own code.
 */
final class Changes {
    private static final String EVERYTHING = "G.* P*.* B*.* T*.*";
    private static final String BELOW_G = "P*.resolved B*.resolved T*.resolved";
    private static final String BELOW_P1 = "B1.resolved B2.resolved T1.resolved T2.resolved T3.resolved";
    private static final String ALL_OF_P1 = "P1.* B1.* B2.* T1.* T2.* T3.*";

    private Changes() {}

    /** Changes of an existing tree. */
    static Stream<Change> ofFullTree() {
        return Stream.of(creates(), deletes(), updates(), moves(), rekeys(), nothing(), several(), truncates())
                .flatMap(List::stream);
    }

    /** Changes of a user who has nothing yet. */
    static Stream<Change> ofEmptyTree() {
        return Stream.of(
                api(
                        "create global",
                        (t, db) -> t.user().put("/v1/global", named("g")).expect(201),
                        "G.*"),
                sql(
                        "create global",
                        (t, db) -> db.execute(
                                "insert into freshet.global_context (user_id) values (?)",
                                t.user().name()),
                        "G.*"),
                api(
                        "create the first project, and global with it",
                        (t, db) -> t.user().post("/v1/projects", named("p")).expect(201),
                        "G.* NP.*"));
    }

    private static List<Change> creates() {
        return List.of(
                api(
                        "create project",
                        (t, db) -> t.user().post("/v1/projects", named("p")).expect(201),
                        "NP.* G.list"),
                api(
                        "create branch",
                        (t, db) -> t.user()
                                .post(Level.PROJECT.listPath(t.id("P1")), named("b"))
                                .expect(201),
                        "NB.* P1.list"),
                api(
                        "create task",
                        (t, db) -> t.user()
                                .post(Level.BRANCH.listPath(t.id("B1")), named("t"))
                                .expect(201),
                        "NT.* B1.list"),
                sql(
                        "create project",
                        (t, db) -> t.insert(db, t.node("NP"), t.user().name()),
                        "NP.* G.list"),
                sql("create branch", (t, db) -> t.insert(db, t.node("NB"), t.id("P1")), "NB.* P1.list"),
                sql("create task", (t, db) -> t.insert(db, t.node("NT"), t.id("B1")), "NT.* B1.list"));
    }

    private static List<Change> deletes() {
        return Stream.of(
                        deletes("G", EVERYTHING),
                        deletes("P1", ALL_OF_P1 + " G.list"),
                        deletes("B1", "B1.* T1.* T2.* P1.list"),
                        deletes("T1", "T1.* B1.list"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Change> deletes(String name, String stale) {
        return List.of(
                api(
                        "delete " + name,
                        (t, db) -> t.user().delete(t.node(name).path()).expect(204),
                        stale),
                sql(
                        "delete " + name,
                        (t, db) -> {
                            var node = t.node(name);
                            db.execute(
                                    "delete from %s where %s = ?"
                                            .formatted(
                                                    node.level().table(),
                                                    node.level().idColumn()),
                                    node.id());
                        },
                        stale));
    }

    private static List<Change> updates() {
        return Stream.of(
                        // Inherited: the document.
                        update("G", "document", Map.of("nearest", "changed"), "G.own G.resolved " + BELOW_G),
                        update("P1", "document", Map.of("nearest", "changed"), "P1.own P1.resolved " + BELOW_P1),
                        update(
                                "B1",
                                "document",
                                Map.of("nearest", "changed"),
                                "B1.own B1.resolved T1.resolved T2.resolved"),
                        update("T1", "document", Map.of("nearest", "changed"), "T1.own T1.resolved"),
                        // Not inherited, and listed where there is a list.
                        update("G", "name", "new name", "G.own G.resolved"),
                        update("P1", "name", "new name", "P1.own P1.resolved G.list"),
                        update("B1", "name", "new name", "B1.own B1.resolved P1.list"),
                        update("T1", "name", "new name", "T1.own T1.resolved B1.list"),
                        update("T1", "status", "done", "T1.own T1.resolved B1.list"),
                        // Neither.
                        update("G", "description", "new words", "G.own G.resolved"),
                        update("P1", "description", "new words", "P1.own P1.resolved"),
                        update("B1", "description", "new words", "B1.own B1.resolved"),
                        update("T1", "description", "new words", "T1.own T1.resolved"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Change> update(String name, String field, Object value, String stale) {
        var document = field.equals("document");
        return List.of(
                api(
                        "update " + field + " of " + name,
                        (t, db) -> t.user()
                                .patch(t.node(name).path(), Map.of(field, value))
                                .expect(200),
                        stale),
                sql(
                        "update " + field + " of " + name,
                        (t, db) -> {
                            var level = t.node(name).level();
                            db.execute(
                                    "update %s set %s where %s = ?"
                                            .formatted(
                                                    level.table(),
                                                    document
                                                            ? "document = document || '{\"nearest\": \"changed\"}'"
                                                            : field + " = '" + value + "'",
                                                    level.idColumn()),
                                    t.node(name).id());
                        },
                        stale));
    }

    private static List<Change> moves() {
        var branch = "B1.own B1.resolved T1.resolved T2.resolved P1.list P2.list";
        var task = "T1.own T1.resolved B1.list B2.list";
        return List.of(
                api(
                        "move branch B1 to P2",
                        (t, db) -> t.user()
                                .post(t.node("B1").path() + "/move", Map.of("parent", t.id("P2")))
                                .expect(200),
                        branch),
                api(
                        "move task T1 to B2",
                        (t, db) -> t.user()
                                .post(t.node("T1").path() + "/move", Map.of("parent", t.id("B2")))
                                .expect(200),
                        task),
                sql(
                        "move branch B1 to P2",
                        (t, db) -> db.execute(
                                "update freshet.branch_context set project_id = ? where id = ?",
                                t.id("P2"),
                                t.id("B1")),
                        branch),
                sql(
                        "move task T1 to B2",
                        (t, db) -> db.execute(
                                "update freshet.task_context set branch_id = ? where id = ?", t.id("B2"), t.id("T1")),
                        task),
                sql(
                        "move task T1 to B3 and rename it in one statement",
                        (t, db) -> db.execute(
                                "update freshet.task_context set branch_id = ?, name = 'moved' where id = ?",
                                t.id("B3"),
                                t.id("T1")),
                        "T1.own T1.resolved B1.list B3.list"),
                sql(
                        "hand project P1 with all below to the other user",
                        (t, db) -> db.execute(
                                "update freshet.project_context set user_id = ? where id = ?",
                                other(t.user().name()),
                                t.id("P1")),
                        ALL_OF_P1 + " G.list other/G.list"));
    }

    private static List<Change> rekeys() {
        return List.of(
                sql(
                        "give task T1 another id",
                        (t, db) -> db.execute(
                                "update freshet.task_context set id = ? where id = ?", t.id("NT"), t.id("T1")),
                        "T1.* NT.* B1.list"),
                sql(
                        "give branch B1 another id, which its tasks follow",
                        (t, db) -> db.execute(
                                "update freshet.branch_context set id = ? where id = ?", t.id("NB"), t.id("B1")),
                        "B1.* NB.* T1.* T2.* P1.list"),
                sql(
                        "give the user another name, which everything follows",
                        (t, db) -> db.execute(
                                "update freshet.global_context set user_id = ? where user_id = ?",
                                t.user().name() + "-renamed",
                                t.user().name()),
                        EVERYTHING));
    }

    private static List<Change> nothing() {
        var none = "";
        return Stream.concat(
                        Stream.of("G", "P1", "B1", "T1")
                                .flatMap(name -> Stream.of(
                                        api(
                                                "update " + name + " to what it is",
                                                (t, db) -> t.user()
                                                        .patch(
                                                                t.node(name).path(),
                                                                Map.of(
                                                                        "description",
                                                                        "",
                                                                        "document",
                                                                        Map.of("nested", Map.of())))
                                                        .expect(200),
                                                none),
                                        sql(
                                                "update " + name + " to what it is",
                                                (t, db) -> {
                                                    var level = t.node(name).level();
                                                    db.execute(
                                                            "update %s set name = name, document = document where %s = ?"
                                                                    .formatted(level.table(), level.idColumn()),
                                                            t.node(name).id());
                                                },
                                                none))),
                        Stream.of(sql(
                                "update, delete and create, all rolled back",
                                (t, db) -> db.rolledBack(transaction -> {
                                    transaction.execute(
                                            "update freshet.project_context set document = '{}' where id = ?",
                                            t.id("P1"));
                                    transaction.execute("delete from freshet.branch_context where id = ?", t.id("B1"));
                                    t.insert(transaction, t.node("NB"), t.id("P1"));
                                }),
                                none)))
                .toList();
    }

    private static List<Change> several() {
        return List.of(
                api(
                        "a bulk request of four kinds",
                        (t, db) -> t.user()
                                .post(
                                        "/v1/bulk",
                                        Map.of(
                                                "operations",
                                                List.of(
                                                        Map.of(
                                                                "op", "create",
                                                                "level", "task",
                                                                "parent", t.id("B1"),
                                                                "name", "t"),
                                                        Map.of(
                                                                "op", "update",
                                                                "level", "task",
                                                                "id", t.id("T2"),
                                                                "description", "new words"),
                                                        Map.of(
                                                                "op",
                                                                "move",
                                                                "level",
                                                                "task",
                                                                "id",
                                                                t.id("T3"),
                                                                "parent",
                                                                t.id("B3")),
                                                        Map.of(
                                                                "op", "delete",
                                                                "level", "task",
                                                                "id", t.id("T4")))))
                                .expect(200),
                        "NT.* B1.list T2.own T2.resolved T3.own T3.resolved B2.list B3.list T4.own T4.resolved"),
                sql(
                        "delete a task and create it again in one transaction",
                        (t, db) -> db.transaction(transaction -> {
                            transaction.execute("delete from freshet.task_context where id = ?", t.id("T1"));
                            t.insert(transaction, t.node("T1"), t.id("B2"));
                        }),
                        "T1.own T1.resolved B1.list B2.list"),
                sql(
                        "create a branch and move a task into it in one transaction",
                        (t, db) -> db.transaction(transaction -> {
                            t.insert(transaction, t.node("NB"), t.id("P2"));
                            transaction.execute(
                                    "update freshet.task_context set branch_id = ? where id = ?",
                                    t.id("NB"),
                                    t.id("T1"));
                        }),
                        "NB.* P2.list T1.own T1.resolved B1.list"),
                sql(
                        "update every task of a user in one statement",
                        (t, db) -> db.execute(
                                "update freshet.task_context set description = 'all' where user_id = ?",
                                t.user().name()),
                        "T1.* T2.* T3.* T4.*"));
    }

    /** These affect every user, as a TRUNCATE names no rows. */
    private static List<Change> truncates() {
        var tasks = "T*.* NT.* B*.list NB.list";
        var branches = "T*.* NT.* B*.* NB.* P*.list NP.list";
        var projects = "T*.* NT.* B*.* NB.* P*.* NP.* G.list";
        return List.of(
                truncate("task", tasks),
                truncate("branch", branches),
                truncate("project", projects),
                truncate("global", "G.* " + projects));
    }

    private static Change truncate(String level, String stale) {
        var others = "other/" + stale.replace(" ", " other/");
        return sql(
                "truncate " + level + " and below",
                (t, db) -> db.execute(
                        "truncate %s cascade".formatted(Level.of(level).table())),
                stale + " " + others);
    }

    private static Map<String, String> named(String name) {
        return Map.of("name", name);
    }

    /** The name of the other user, given a user's name. */
    static String other(String user) {
        return user + "-other";
    }
}
