// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.db.MigratedSchema;
import dev.freshet.writer.rebuild.Differences;
import dev.freshet.writer.rebuild.Projections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@WithPostgres(template = MigratedSchema.class)
class ConcurrencyTest {
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(8);
    private static Api api;
    private static Api.Client ann;
    private static TestDatabase database;

    @BeforeAll
    static void start(TestDatabase fresh) {
        database = fresh;
        api = Api.start(database);
        ann = api.as("ann");
        ann.put("/v1/global", "{}");
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
        api.close();
    }

    @AfterEach
    void theLogIsWhole() {
        assertThat(new Projections(Jdbi.create(database.dataSource())).verify()).allMatch(Differences::none);
    }

    private static List<Integer> atOnce(List<Callable<Api.Answer>> requests) throws Exception {
        return THREADS.invokeAll(requests).stream()
                .map(ConcurrencyTest::get)
                .map(Api.Answer::status)
                .toList();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @RepeatedTest(5)
    void ofManyUpdatesThatExpectTheSameVersionExactlyOneWins() throws Exception {
        var path = "/v1/projects/" + ann.project("p");
        var statuses = atOnce(IntStream.range(0, 8)
                .<Callable<Api.Answer>>mapToObj(
                        i -> () -> ann.patch(path, "{\"name\":\"n" + i + "\"}", "If-Match", "\"1\""))
                .toList());
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 412)).hasSize(7);
        assertThat(ann.get(path).header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void updatesWithoutAConditionAllHappen() throws Exception {
        var path = "/v1/projects/" + ann.project("p");
        var statuses = atOnce(IntStream.range(0, 24)
                .<Callable<Api.Answer>>mapToObj(i -> () -> ann.patch(path, "{\"document\":{\"k" + i + "\":" + i + "}}"))
                .toList());
        assertThat(statuses).containsOnly(200);
        assertThat(ann.get(path).header("ETag")).isEqualTo("\"25\"");
        assertThat(ann.get(path).json().get("document")).hasSize(24);
    }

    @RepeatedTest(5)
    void aChildIsEitherTakenWithItsParentOrNeverMade() throws Exception {
        long branch = ann.branch(ann.project("p"), "b");
        var requests = IntStream.range(0, 6)
                .<Callable<Api.Answer>>mapToObj(
                        i -> () -> ann.post("/v1/branches/" + branch + "/tasks", "{\"name\":\"t\"}"))
                .collect(Collectors.toList());
        requests.add(3, () -> ann.delete("/v1/branches/" + branch));
        var statuses = atOnce(requests);
        assertThat(statuses.get(3)).isEqualTo(204);
        assertThat(statuses).allMatch(status -> status == 201 || status == 404 || status == 204);
        long left = Jdbi.create(database.dataSource())
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from freshet.task_context where branch_id = :branch")
                        .bind("branch", branch)
                        .mapTo(Long.class)
                        .one());
        assertThat(left).isZero();
    }

    @RepeatedTest(3)
    void theFirstProjectsOfAUserShareOneGlobalContext() throws Exception {
        var user = api.as("new-" + System.nanoTime());
        var statuses = atOnce(IntStream.range(0, 6)
                .<Callable<Api.Answer>>mapToObj(i -> () -> user.post("/v1/projects", "{\"name\":\"p\"}"))
                .toList());
        assertThat(statuses).containsOnly(201);
        assertThat(user.get("/v1/global").header("ETag")).isEqualTo("\"1\"");
    }

    @RepeatedTest(3)
    void bulksInOppositeOrderAndSinglesAllEnd() throws Exception {
        long branch = ann.branch(ann.project("p"), "b");
        var ids = IntStream.range(0, 10).mapToObj(i -> ann.task(branch, "t")).toList();
        var requests = IntStream.range(0, 8)
                .<Callable<Api.Answer>>mapToObj(i -> () -> i % 3 == 2
                        ? ann.patch("/v1/tasks/" + ids.get(i), "{\"name\":\"s" + i + "\"}")
                        : ann.post(
                                "/v1/bulk",
                                "{\"operations\":["
                                        + String.join(
                                                ",",
                                                IntStream.range(0, 10)
                                                        .map(k -> i % 2 == 0 ? k : 9 - k)
                                                        .mapToObj(k -> "{\"op\":\"update\",\"level\":\"task\",\"id\":"
                                                                + ids.get(k) + ",\"name\":\"b" + i + "\"}")
                                                        .toList())
                                        + "]}"))
                .toList();
        assertThat(atOnce(requests)).containsOnly(200);
    }

    @RepeatedTest(3)
    void plainSqlBesideTheApiLosesNothing() throws Exception {
        long project = ann.project("p");
        var path = "/v1/projects/" + project;
        var app = MigratedSchema.as(database, "freshet_app");
        var sql = THREADS.submit(() -> {
            for (int i = 0; i < 20; i++) {
                app.execute("update freshet.project_context set description = 'sql" + i + "' where id = " + project);
            }
        });
        var statuses = atOnce(IntStream.range(0, 7)
                .<Callable<Api.Answer>>mapToObj(i -> () -> ann.patch(path, "{\"name\":\"api" + i + "\"}"))
                .toList());
        sql.get();
        assertThat(statuses).containsOnly(200);
        assertThat(ann.get(path).header("ETag")).isEqualTo("\"28\"");
    }
}
