// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.Api;
import dev.freshet.writer.db.MigratedSchema;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@WithPostgres(template = MigratedSchema.class)
class IdempotencyTest {
    private static Api api;
    private static Api.Client ann;
    private static TestDatabase database;

    @BeforeAll
    static void start(TestDatabase fresh) {
        database = fresh;
        api = Api.start(database);
        ann = api.as("ann");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void theSameRequestGivesTheFirstAnswerAgain() {
        var first = ann.post("/v1/projects", "{\"name\":\"once\"}", "Idempotency-Key", "k1");
        ann.patch(first.header("Location"), "{\"name\":\"changed since\"}");
        var second = ann.post("/v1/projects", "{\"name\":\"once\"}", "Idempotency-Key", "k1");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("ETag")).isEqualTo("\"1\"");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(second.header("Freshet-Position")).isNotNull();
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() {
        var path = "/v1/projects/" + ann.project("p");
        ann.patch(path, "{\"name\":\"a\"}", "Idempotency-Key", "k2");
        for (var answer : new Api.Answer[] {
            ann.patch(path, "{\"name\":\"b\"}", "Idempotency-Key", "k2"),
            ann.put(path, "{\"name\":\"a\"}", "Idempotency-Key", "k2"),
            ann.patch(path, "{\"name\":\"a\"}", "Idempotency-Key", "k2", "If-Match", "\"1\""),
            ann.delete(path, "Idempotency-Key", "k2")
        }) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().get("errors").get(0).get("field").textValue())
                    .isEqualTo("Idempotency-Key");
        }
    }

    @Test
    void aRefusalIsAnAnswerToo() {
        var path = "/v1/projects/" + ann.project("p");
        var first = ann.patch(path, "{\"name\":\"a\"}", "If-Match", "\"7\"", "Idempotency-Key", "k3");
        assertThat(first.status()).isEqualTo(412);
        var second = ann.patch(path, "{\"name\":\"a\"}", "If-Match", "\"7\"", "Idempotency-Key", "k3");
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Content-Type")).startsWith("application/problem+json");
        assertThat(ann.get(path).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void keysOfUsersAreTheirOwn() {
        ann.post("/v1/projects", "{\"name\":\"x\"}", "Idempotency-Key", "k4");
        assertThat(api.as("bob")
                        .post("/v1/projects", "{\"name\":\"y\"}", "Idempotency-Key", "k4")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void atTheSameTimeOneIsDoneAndAllGetItsAnswer() {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var answers = new ArrayList<CompletableFuture<Api.Answer>>();
            for (int i = 0; i < 8; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> ann.post("/v1/projects", "{\"name\":\"race\"}", "Idempotency-Key", "k5"), threads));
            }
            assertThat(answers)
                    .extracting(answer -> answer.join().json())
                    .containsOnly(answers.get(0).join().json());
            assertThat(answers).allMatch(answer -> answer.join().status() == 201);
            assertThat(ann.get("/v1/projects?limit=200").json().get("items").findValuesAsText("name"))
                    .containsOnlyOnce("race");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keptAnswersAreForgottenAfterADay() {
        ann.post("/v1/projects", "{\"name\":\"old\"}", "Idempotency-Key", "k6");
        database.execute("update freshet.idempotency set created_at = now() - interval '25 hours' where key = 'k6'");
        long forgotten = api.pool()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select freshet.forget_answers()")
                        .mapTo(Long.class)
                        .one());
        assertThat(forgotten).isEqualTo(1);
        assertThat(ann.post("/v1/projects", "{\"name\":\"new\"}", "Idempotency-Key", "k6")
                        .status())
                .isEqualTo(201);
    }
}
