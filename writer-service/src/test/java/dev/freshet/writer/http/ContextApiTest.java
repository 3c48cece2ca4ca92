// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.Api;
import dev.freshet.writer.db.MigratedSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@WithPostgres(template = MigratedSchema.class)
class ContextApiTest {
    private static Api api;
    private static Api.Client ann;

    @BeforeAll
    static void start(TestDatabase database) {
        api = Api.start(database);
        ann = api.as("ann");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void createsReadsReplacesPatchesAndDeletes() {
        long branch = ann.branch(ann.project("p"), "b");
        var created = ann.post(
                "/v1/branches/" + branch + "/tasks",
                "{\"name\":\"t\",\"description\":\"d\",\"document\":{\"a\":{\"b\":1},\"c\":2}}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        var path = created.header("Location");
        assertThat(path).isEqualTo("/v1/tasks/" + created.id());
        assertThat(created.header("Freshet-Position")).matches("[0-9A-F]+/[0-9A-F]+@[0-9]+");
        assertThat(created.json().get("parent").longValue()).isEqualTo(branch);
        assertThat(created.json().get("status").textValue()).isEqualTo("open");
        assertThat(ann.get(path).json()).isEqualTo(created.json());

        var patched =
                ann.patch(path, "{\"status\":\"done\",\"description\":null,\"document\":{\"a\":{\"b\":null},\"d\":3}}");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.header("ETag")).isEqualTo("\"2\"");
        assertThat(patched.json().get("document").toString()).isEqualTo("{\"a\":{},\"c\":2,\"d\":3}");
        assertThat(patched.json().get("description").textValue()).isEmpty();
        assertThat(ann.get(path).json()).isEqualTo(patched.json());

        var replaced = ann.put(path, "{\"name\":\"u\"}");
        assertThat(replaced.json().get("document").isEmpty()).isTrue();
        assertThat(replaced.json().get("status").textValue()).isEqualTo("open");
        assertThat(ann.get(path).json()).isEqualTo(replaced.json());

        assertThat(ann.delete(path).status()).isEqualTo(204);
        assertThat(ann.get(path).status()).isEqualTo(404);
        assertThat(ann.delete(path).status()).isEqualTo(404);
    }

    @Test
    void theFirstProjectBringsAGlobalContextWithIt() {
        var bob = api.as("bob");
        assertThat(bob.get("/v1/global").status()).isEqualTo(404);
        bob.project("p");
        var global = bob.get("/v1/global");
        assertThat(global.json().get("id").textValue()).isEqualTo("bob");
        assertThat(global.json().has("parent")).isFalse();
        assertThat(bob.get("/v1/projects")
                        .json()
                        .get("items")
                        .get(0)
                        .get("parent")
                        .textValue())
                .isEqualTo("bob");
    }

    @Test
    void globalIsPutIfAbsentOnlyOnce() {
        var cid = api.as("cid/ÿ 😀");
        var first = cid.put("/v1/global", "{\"document\":{\"a\":1}}", "If-None-Match", "*");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo("/v1/global");
        var second = cid.put("/v1/global", "{}", "If-None-Match", "*");
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.json().get("version").longValue()).isEqualTo(1);
        assertThat(cid.put("/v1/global", "{}", "If-Match", "\"1\"").status()).isEqualTo(200);
        assertThat(api.as("dora").put("/v1/global", "{}", "If-Match", "*").status())
                .isEqualTo(412);
    }

    @Test
    void aVersionThatDoesNotStandIsAConflictThatNamesTheOneThatDoes() {
        var path = "/v1/projects/" + ann.project("p");
        assertThat(ann.patch(path, "{\"name\":\"q\"}", "If-Match", "\"1\"").status())
                .isEqualTo(200);
        for (var answer : new Api.Answer[] {
            ann.patch(path, "{\"name\":\"r\"}", "If-Match", "\"1\""),
            ann.put(path, "{\"name\":\"r\"}", "If-Match", "\"1\", \"7\""),
            ann.delete(path, "If-Match", "\"1\"")
        }) {
            assertThat(answer.status()).isEqualTo(412);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.json().get("version").longValue()).isEqualTo(2);
            assertThat(answer.json().get("errors").get(0).get("field").textValue())
                    .isEqualTo("If-Match");
        }
        assertThat(ann.patch(path, "{\"name\":\"r\"}", "If-Match", "\"1\", \"2\"")
                        .status())
                .isEqualTo(200);
        assertThat(ann.patch(path, "{\"name\":\"s\"}", "If-Match", "*").status())
                .isEqualTo(200);
    }

    @Test
    void aWriteThatChangesNothingAppendsNothing() {
        long task = ann.task(ann.branch(ann.project("p"), "b"), "t");
        var path = "/v1/tasks/" + task;
        long branch = ann.get(path).json().get("parent").longValue();
        var before = ann.patch(path, "{\"document\":{\"n\":1}}");
        for (var answer : new Api.Answer[] {
            ann.patch(path, "{}"),
            ann.patch(path, "{\"document\":{\"n\":1.0,\"gone\":null}}"),
            ann.put(path, "{\"name\":\"t\",\"document\":{\"n\":1e0}}"),
            ann.post(path + "/move", "{\"parent\":" + branch + "}")
        }) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("ETag")).isEqualTo("\"2\"");
            assertThat(answer.header("Freshet-Position")).isNotNull();
            assertThat(answer.json()).isEqualTo(before.json());
        }
        assertThat(ann.get(path + "/history").json().get("items")).hasSize(2);
    }

    @Test
    void aBranchMovesWithItsTasksAndADeletedProjectTakesAllWithIt() {
        long from = ann.project("from");
        long to = ann.project("to");
        long branch = ann.branch(from, "b");
        long task = ann.task(branch, "t");
        var moved = ann.post("/v1/branches/" + branch + "/move", "{\"parent\":" + to + "}");
        assertThat(moved.json().get("parent").longValue()).isEqualTo(to);
        assertThat(ann.get("/v1/projects/" + from + "/branches").json().get("items"))
                .isEmpty();

        assertThat(ann.delete("/v1/projects/" + to).status()).isEqualTo(204);
        assertThat(ann.get("/v1/branches/" + branch).status()).isEqualTo(404);
        assertThat(ann.get("/v1/tasks/" + task).status()).isEqualTo(404);
        var last = ann.get("/v1/tasks/" + task + "/history").json().get("items").get(1);
        assertThat(last.get("type").textValue()).isEqualTo("Deleted");
        assertThat(last.get("source").textValue()).isEqualTo("api");
    }

    @Test
    void listsPageById() {
        long project = ann.project("p");
        long[] ids = new long[5];
        for (int i = 0; i < 5; i++) {
            ids[i] = ann.branch(project, "b" + i);
        }
        var path = "/v1/projects/" + project + "/branches?limit=2";
        var first = ann.get(path).json();
        assertThat(first.get("items").findValuesAsText("name")).containsExactly("b0", "b1");
        assertThat(first.get("items").get(0).has("document")).isFalse();
        assertThat(first.get("next").longValue()).isEqualTo(ids[1]);
        var last = ann.get(path + "&after=" + ids[3]).json();
        assertThat(last.get("items").findValuesAsText("name")).containsExactly("b4");
        assertThat(last.get("next").isNull()).isTrue();
        assertThat(ann.get("/v1/projects/999999/branches").status()).isEqualTo(404);
    }

    @Test
    void tellsWhatWasAndWhatHappened() {
        long project = ann.project("p");
        var path = "/v1/projects/" + project;
        ann.patch(path, "{\"document\":{\"a\":1}}");
        ann.patch(path, "{\"name\":\"q\"}");
        ann.delete(path);

        var history = ann.get(path + "/history").json().get("items");
        assertThat(history.findValuesAsText("type")).containsExactly("Created", "Updated", "Updated", "Deleted");
        assertThat(history.findValuesAsText("version")).containsExactly("1", "2", "3", "4");
        assertThat(ann.get(path + "/history?after=2&limit=1").json().get("next").longValue())
                .isEqualTo(3);

        long second = history.get(1).get("position").longValue();
        var then = ann.get(path + "?at=" + second);
        assertThat(then.json().get("document").toString()).isEqualTo("{\"a\":1}");
        assertThat(then.json().get("name").textValue()).isEqualTo("p");
        assertThat(then.header("ETag")).isEqualTo("\"2\"");
        assertThat(ann.get(path + "?at=0").status()).isEqualTo(404);
        assertThat(ann.get(path + "?at=" + history.get(3).get("position").longValue())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anotherUsersContextsAreLikeNone() {
        var eve = api.as("eve");
        long hers = eve.branch(eve.project("e"), "b");
        long project = ann.project("secret");
        long branch = ann.branch(project, "secret");
        long task = ann.task(branch, "secret");
        for (var answer : new Api.Answer[] {
            eve.get("/v1/projects/" + project),
            eve.get("/v1/projects/" + project + "?at=999999"),
            eve.get("/v1/projects/" + project + "/history"),
            eve.get("/v1/projects/" + project + "/branches"),
            eve.put("/v1/tasks/" + task, "{\"name\":\"x\"}"),
            eve.patch("/v1/branches/" + branch, "{\"name\":\"x\"}"),
            eve.delete("/v1/projects/" + project),
            eve.post("/v1/branches/" + branch + "/tasks", "{\"name\":\"x\"}"),
            eve.post("/v1/branches/" + hers + "/move", "{\"parent\":" + project + "}"),
            eve.post("/v1/branches/" + branch + "/move", "{\"parent\":" + project + "}")
        }) {
            assertThat(answer.status()).as(answer.raw().request().toString()).isEqualTo(404);
            assertThat(answer.raw().body()).doesNotContain("secret");
        }
        assertThat(eve.get("/v1/events?limit=200").raw().body()).doesNotContain("secret");
        assertThat(ann.get("/v1/tasks/" + task).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        var path = "/v1/projects/" + ann.project("p");
        var answer = ann.get(path, "If-None-Match", "\"1\"");
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.raw().body()).isEmpty();
        assertThat(ann.get(path, "If-None-Match", "\"2\"").status()).isEqualTo(200);
    }
}
