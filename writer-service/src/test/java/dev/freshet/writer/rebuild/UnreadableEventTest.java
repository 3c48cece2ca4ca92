// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.context.Level;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.Api;
import dev.freshet.writer.db.MigratedSchema;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log with events that make no sense, as only the owner of the tables can append them. */
@WithPostgres(template = MigratedSchema.class)
class UnreadableEventTest {
    private static int users;

    private final String user = "ann" + ++users;
    private Jdbi owner;
    private Api api;
    private Api.Client ann;
    private long task;
    private long branch;

    @BeforeEach
    void start(TestDatabase database) {
        owner = Jdbi.create(database.dataSource());
        api = Api.start(database);
        ann = api.as(user);
        branch = ann.branch(ann.project("p"), "b");
        task = ann.task(branch, "t");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private long append(String stream, int version, String type, String data) {
        return owner.withHandle(handle -> handle.createQuery(
                        "insert into freshet.event (stream, version, type, user_id, data, source) values"
                                + " (:stream, :version, :type, :user, cast(:data as jsonb), 'sql') returning position")
                .bind("stream", stream)
                .bind("version", version)
                .bind("type", type)
                .bind("data", data)
                .bind("user", user)
                .mapTo(Long.class)
                .one());
    }

    /** Behind the triggers' back. */
    private void spoil(String... statements) {
        owner.useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            List.of(statements).forEach(handle::execute);
        });
    }

    @Test
    void itIsNamedAndItsRowIsLeftAloneWhileOthersArePutRight() {
        long other = ann.task(branch, "other");
        var positions = List.of(
                append("task:" + task, 2, "Created", "{}"),
                append("task:" + other + "5", 1, "Moved", "{\"from\":1,\"to\":2}"),
                append("task:x", 1, "Deleted", "{}"),
                append("nonsense", 1, "Updated", "{\"document\":5}"));
        spoil(
                "update freshet.task_context set name = 'spoilt' where id in (" + task + ", " + other + ")",
                "delete from freshet.global_context");

        var found = new Projections(owner).rebuild();

        var tasks = found.get(Level.TASK.ordinal());
        assertThat(tasks.different()).isEqualTo(1);
        assertThat(String.join("\n", tasks.unreadable()))
                .contains("position " + positions.get(0) + ", of task:" + task + ",")
                .contains("position " + positions.get(1) + ",")
                .contains("position " + positions.get(2) + ",");
        assertThat(found.get(0).toString()).contains("position " + positions.get(3) + ", of nonsense");
        assertThat(ann.get("/v1/tasks/" + other).json().get("name").textValue()).isEqualTo("other");
        assertThat(ann.get("/v1/tasks/" + task).json().get("name").textValue()).isEqualTo("spoilt");
        assertThat(ann.get("/v1/global").status()).isEqualTo(200);
        assertThat(new Projections(owner).verify())
                .allMatch(d -> d.missing() == 0 && d.surplus() == 0 && d.different() == 0)
                .anyMatch(d -> !d.none());
    }

    @Test
    void whatIsBelowAContextThatDoesNotComeBackStopsNobody() {
        append("branch:" + branch, 2, "Created", "{}");
        var bob = api.as("bob");
        long project = bob.project("p");
        spoil(
                "delete from freshet.branch_context",
                "delete from freshet.task_context",
                "delete from freshet.project_context");

        new Projections(owner).rebuild();

        assertThat(bob.get("/v1/projects/" + project).status()).isEqualTo(200);
        assertThat(ann.get("/v1/tasks/" + task).status()).isEqualTo(404);
        assertThat(new Projections(owner).verify().get(Level.TASK.ordinal()).missing())
                .isEqualTo(1);
    }

    @Test
    void aClientIsToldWhereItIsAndCanGoOnBehindIt() {
        long position = append("task:" + task, 2, "Created", "{}");
        ann.patch("/v1/branches/" + branch, "{\"name\":\"later\"}");
        for (var path :
                List.of("/v1/tasks/" + task + "/history", "/v1/events", "/v1/tasks/" + task + "?at=" + position)) {
            var refused = ann.get(path);
            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused.json().get("position").longValue()).isEqualTo(position);
        }
        var rest = ann.get("/v1/events?after=" + position);
        assertThat(rest.status()).isEqualTo(200);
        assertThat(rest.raw().body()).contains("later");
    }
}
