// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.context;

import dev.freshet.e2e.process.Json;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random but reproducible writes of one user, half through the API and half with plain SQL. The seed determines them.
 */
public final class RandomWrites {
    private final Random random;
    private final User user;
    private final Database sql;

    public RandomWrites(long seed, User user, Database sql) {
        this.random = new Random(seed);
        this.user = user;
        this.sql = sql;
    }

    /** Makes {@code count} writes. Some of them change nothing. */
    public void run(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            if (random.nextBoolean()) {
                throughApi(i);
            } else {
                withSql(i);
            }
        }
    }

    private void throughApi(int number) throws SQLException {
        var level = Level.values()[random.nextInt(4)];
        Object id = level == Level.GLOBAL ? user.name() : any(level);
        if (id == null) {
            level = Level.GLOBAL;
            id = user.name();
        }
        var words = "api " + number;
        switch (random.nextInt(7)) {
            case 0 ->
                user.patch(level.path(id), Map.of("document", Map.of(level.label(), number, "nearest", number)))
                        .expect(200);
            case 1 -> user.patch(level.path(id), Map.of("name", words)).expect(200);
            case 2 -> replace(level, id, words, number);
            case 3 -> create(level, id, words);
            case 4 -> move(level, id);
            case 5 -> user.post("/v1/bulk", Map.of("operations", bulk(words))).expect(200);
            default -> deleteSeldom(level, id);
        }
    }

    private void replace(Level level, Object id, String name, int number) {
        user.put(level.path(id), Map.of("name", name, "document", Map.of("replaced", number)))
                .expect(200);
    }

    private void create(Level parent, Object id, String name) {
        if (parent.hasChildren()) {
            user.post(parent.listPath(id), Map.of("name", name)).expect(201);
        }
    }

    private void move(Level level, Object id) throws SQLException {
        if (level == Level.BRANCH || level == Level.TASK) {
            var parent = any(Level.values()[level.ordinal() - 1]);
            user.post(level.path(id) + "/move", Map.of("parent", parent)).expect(200);
        }
    }

    private List<Map<String, Object>> bulk(String name) throws SQLException {
        var branch = any(Level.BRANCH);
        var task = any(Level.TASK);
        return branch == null || task == null
                ? List.of(Map.of("op", "create", "level", "project", "name", name))
                : List.of(
                        Map.of("op", "create", "level", "task", "parent", branch, "name", name),
                        Map.of("op", "update", "level", "task", "id", task, "description", name),
                        Map.of("op", "update", "level", "branch", "id", branch, "document", Map.of("bulk", name)));
    }

    private void deleteSeldom(Level level, Object id) {
        if (level == Level.TASK || level == Level.BRANCH && random.nextInt(3) == 0) {
            user.delete(level.path(id)).expect(204);
        }
    }

    private void withSql(int number) throws SQLException {
        var words = "sql " + number;
        switch (random.nextInt(8)) {
            case 0 ->
                sql.execute(
                        "update freshet.global_context set document = document || ?::jsonb where user_id = ?",
                        Json.text(Map.of("global", number)),
                        user.name());
            case 1 ->
                sql.execute(
                        "update freshet.project_context set document = document || ?::jsonb, name = ? where id = ?",
                        Json.text(Map.of("project", number)),
                        words,
                        any(Level.PROJECT));
            case 2 ->
                sql.execute(
                        "update freshet.task_context set status = ? where user_id = ?", "s" + number % 3, user.name());
            case 3 ->
                sql.execute(
                        "update freshet.branch_context set project_id = ? where id = ?",
                        any(Level.PROJECT),
                        any(Level.BRANCH));
            case 4 -> sql.execute("delete from freshet.task_context where id = ?", any(Level.TASK));
            case 5 ->
                sql.execute(
                        "insert into freshet.task_context (user_id, branch_id, name)"
                                + " select user_id, id, ? from freshet.branch_context where user_id = ?",
                        words,
                        user.name());
            case 6 ->
                sql.transaction(transaction -> {
                    var branch = transaction.value(
                            "insert into freshet.branch_context (user_id, project_id, name)"
                                    + " select user_id, id, ? from freshet.project_context where id = ? returning id",
                            words,
                            any(Level.PROJECT));
                    transaction.execute(
                            "update freshet.task_context set branch_id = ? where id = ?",
                            Long.parseLong(branch),
                            any(Level.TASK));
                });
            default -> sql.execute("update freshet.task_context set name = name where user_id = ?", user.name());
        }
    }

    /** The id of one of the user's contexts; null if there is none. */
    private Long any(Level level) throws SQLException {
        var ids = sql.rows("select id from %s where user_id = ? order by id".formatted(level.table()), user.name());
        return ids.isEmpty()
                ? null
                : Long.valueOf(ids.get(random.nextInt(ids.size())).get(0));
    }
}
