// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.rebuild;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.writer.Api;
import java.sql.SQLException;
import java.util.Random;

/** Random commands through the API and random statements of an application, good and bad ones, over a few rows. */
final class RandomMix {
    private static final String[] USERS = {"u1", "u2"};
    private static final int IDS = 12;

    private final Random random;
    private final Api api;
    private final TestDatabase app;
    private int done;

    RandomMix(Random random, Api api, TestDatabase app) {
        this.random = random;
        this.api = api;
        this.app = app;
    }

    /** How many steps were not refused. */
    int done() {
        return done;
    }

    void step() throws SQLException {
        if (random.nextInt(5) < 2) {
            request();
        } else {
            transaction();
        }
    }

    private int id() {
        return 1 + random.nextInt(IDS);
    }

    private String user() {
        return USERS[random.nextInt(USERS.length)];
    }

    private String document() {
        return "{\"k" + random.nextInt(3) + "\":" + (random.nextBoolean() ? random.nextInt(3) : "{\"n\":1.5}") + "}";
    }

    private String text() {
        return "n" + random.nextInt(4);
    }

    private void request() {
        var client = api.as(user());
        var answer = switch (random.nextInt(8)) {
            case 0 -> client.put("/v1/global", "{\"document\":" + document() + "}");
            case 1 -> client.post("/v1/projects", "{\"name\":\"" + text() + "\"}");
            case 2 -> client.post("/v1/projects/" + id() + "/branches", "{\"name\":\"" + text() + "\"}");
            case 3 ->
                client.post(
                        "/v1/branches/" + id() + "/tasks",
                        "{\"name\":\"" + text() + "\",\"document\":" + document() + "}");
            case 4 -> client.patch("/v1/tasks/" + id(), "{\"document\":" + document() + "}");
            case 5 -> client.post("/v1/tasks/" + id() + "/move", "{\"parent\":" + id() + "}");
            case 6 -> client.delete("/v1/" + (random.nextBoolean() ? "tasks/" : "branches/") + id());
            default -> bulk(client);
        };
        if (answer.status() >= 500) {
            throw new AssertionError(answer.raw().body());
        }
        count(answer.status() < 300);
    }

    private Api.Answer bulk(Api.Client client) {
        return client.post(
                "/v1/bulk",
                "{\"operations\":["
                        + "{\"op\":\"create\",\"level\":\"project\",\"ref\":\"p\",\"name\":\"" + text() + "\"},"
                        + "{\"op\":\"create\",\"level\":\"branch\",\"ref\":\"b\",\"parent\":\"$p\",\"name\":\"x\"},"
                        + "{\"op\":\"update\",\"level\":\"branch\",\"id\":\"$b\",\"document\":" + document() + "},"
                        + "{\"op\":\"create\",\"level\":\"task\",\"ref\":\"t\",\"parent\":\"$b\",\"name\":\"y\"},"
                        + "{\"op\":\"update\",\"level\":\"global\",\"document\":" + document() + "},"
                        + (random.nextBoolean()
                                ? "{\"op\":\"delete\",\"level\":\"branch\",\"id\":\"$b\"}"
                                : "{\"op\":\"move\",\"level\":\"task\",\"id\":\"$t\",\"parent\":" + id() + "}")
                        + "]}");
    }

    /** One to three statements, sometimes rolled back. */
    private void transaction() throws SQLException {
        try (var connection = app.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = random.nextInt(3); i >= 0; i--) {
                statement.execute(sql(connection.getMetaData().getDatabaseMajorVersion()));
            }
            if (random.nextInt(6) == 0) {
                connection.rollback();
            } else {
                connection.commit();
                count(true);
            }
        } catch (SQLException e) {
            // Violated constraints are part of the mix; anything else is a fault.
            if (!e.getSQLState().startsWith("23")) {
                throw e;
            }
        }
    }

    /** @param version of PostgreSQL; MERGE, the last one, came with 15 */
    private String sql(int version) {
        var level = new String[] {"project", "branch", "task"}[random.nextInt(3)];
        return switch (random.nextInt(version < 15 ? 16 : 17)) {
            case 0 -> "insert into freshet.global_context (user_id) values ('" + user() + "') on conflict do nothing";
            case 1 ->
                "insert into freshet.project_context (id, user_id, name) values (" + id() + ", '" + user()
                        + "', 'sql') on conflict (id) do update set name = excluded.name || freshet.project_context.name";
            case 2 ->
                "insert into freshet.branch_context (id, user_id, project_id) select " + id()
                        + ", user_id, id from freshet.project_context where id = " + id()
                        + " on conflict (id) do nothing";
            case 3, 4 ->
                "insert into freshet.task_context (id, user_id, branch_id, document) select " + id()
                        + ", user_id, id, '" + document() + "' from freshet.branch_context where id = " + id()
                        + " on conflict (id) do update set document = excluded.document";
            case 5 ->
                "update freshet." + level + "_context set name = '" + text() + "' where id % 3 = " + random.nextInt(3);
            case 6 ->
                "update freshet." + level + "_context set document = '" + document() + "', description = '" + text()
                        + "'";
            case 7 ->
                "update freshet.task_context set branch_id = " + id() + ", status = '" + text() + "' where id = "
                        + id();
            case 8 -> "update freshet.branch_context set project_id = " + id() + " where id = " + id();
            case 9 -> "update freshet." + level + "_context set id = " + id() + " where id = " + id();
            case 10 -> "update freshet." + level + "_context set id = id + 20 where id in (" + id() + ", " + id() + ")";
            case 11 -> "update freshet.project_context set user_id = '" + user() + "' where id = " + id();
            case 12 -> "delete from freshet." + level + "_context where id = " + id();
            case 13 -> random.nextInt(8) == 0 ? "truncate freshet.task_context" : "select 1";
            case 14 ->
                random.nextInt(16) == 0
                        ? "delete from freshet.global_context where user_id = '" + user() + "'"
                        : "select 1";
            case 15 ->
                "with c as (update freshet.branch_context set id = " + id() + " where id = " + id()
                        + ") update freshet.task_context set name = '" + text() + "' where id = " + id();
            default ->
                "merge into freshet.task_context t using (select id, user_id from freshet.branch_context) b"
                        + " on t.id = b.id when matched and t.id % 2 = 0 then delete when matched then update set name = t.name || 'm'"
                        + " when not matched then insert (id, user_id, branch_id) values (b.id, b.user_id, b.id)";
        };
    }

    private void count(boolean success) {
        if (success) {
            done++;
        }
    }
}
