// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.Api;
import dev.freshet.writer.db.MigratedSchema;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithPostgres(template = MigratedSchema.class)
class BulkApiTest {
    private static Api api;
    private static Api.Client ann;
    private static long project;
    private static long branch;

    @BeforeAll
    static void start(TestDatabase database) {
        api = Api.start(database);
        ann = api.as("ann");
        project = ann.project("p");
        branch = ann.branch(project, "b");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Api.Answer bulk(String... operations) {
        return ann.post("/v1/bulk", "{\"operations\":[" + String.join(",", operations) + "]}");
    }

    private static long events() {
        return api.pool().jdbi().inTransaction(handle -> {
            handle.execute("select set_config('freshet.user', 'ann', true)");
            return handle.createQuery("select count(*) from freshet.event")
                    .mapTo(Long.class)
                    .one();
        });
    }

    @Test
    void buildsAWholeTreeByReferences() {
        var answer = bulk(
                "{\"op\":\"create\",\"level\":\"project\",\"ref\":\"p\",\"name\":\"P\"}",
                "{\"op\":\"create\",\"level\":\"branch\",\"ref\":\"b\",\"parent\":\"$p\",\"name\":\"B\"}",
                "{\"op\":\"create\",\"level\":\"task\",\"ref\":\"t\",\"parent\":\"$b\",\"name\":\"T\"}",
                "{\"op\":\"update\",\"level\":\"task\",\"id\":\"$t\",\"status\":\"done\"}",
                "{\"op\":\"create\",\"level\":\"branch\",\"ref\":\"c\",\"parent\":\"$p\",\"name\":\"C\"}",
                "{\"op\":\"move\",\"level\":\"task\",\"id\":\"$t\",\"parent\":\"$c\",\"version\":2}",
                "{\"op\":\"delete\",\"level\":\"branch\",\"id\":\"$b\"}");
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        var results = answer.json().get("results");
        assertThat(results).hasSize(7);
        assertThat(results.get(2).get("ref").textValue()).isEqualTo("t");
        var task = ann.get("/v1/tasks/" + results.get(2).get("id").longValue());
        assertThat(task.header("ETag")).isEqualTo("\"3\"");
        assertThat(task.json()).isEqualTo(results.get(5).get("context"));
        assertThat(ann.get("/v1/branches/" + results.get(1).get("id").longValue())
                        .status())
                .isEqualTo(404);
        assertThat(ann.get("/v1/projects/" + results.get(0).get("id").longValue() + "/branches")
                        .json()
                        .get("items")
                        .findValuesAsText("name"))
                .containsExactly("C");
    }

    @Test
    void nothingIsDoneIfOneCannotBe() {
        long before = events();
        var answer = bulk(
                "{\"op\":\"create\",\"level\":\"task\",\"parent\":" + branch + ",\"name\":\"x\"}",
                "{\"op\":\"update\",\"level\":\"branch\",\"id\":" + branch + ",\"name\":\"changed\"}",
                "{\"op\":\"update\",\"level\":\"branch\",\"id\":" + branch + ",\"version\":1,\"name\":\"again\"}");
        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.json().get("operation").intValue()).isEqualTo(2);
        assertThat(answer.json().get("version").longValue()).isEqualTo(2);
        assertThat(answer.json().get("errors").get(0).get("field").textValue()).isEqualTo("operations[2].version");
        assertThat(ann.get("/v1/branches/" + branch).header("ETag")).isEqualTo("\"1\"");
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void whatADeletedParentTookWithItIsGoneForLaterOperations() {
        long doomed = ann.project("doomed");
        long below = ann.branch(doomed, "b");
        long task = ann.task(below, "t");
        for (var later : new String[] {
            "{\"op\":\"update\",\"level\":\"task\",\"id\":" + task + ",\"name\":\"x\"}",
            "{\"op\":\"delete\",\"level\":\"task\",\"id\":" + task + "}",
            "{\"op\":\"delete\",\"level\":\"project\",\"id\":" + doomed + "}",
            "{\"op\":\"create\",\"level\":\"task\",\"parent\":" + below + ",\"name\":\"x\"}",
            "{\"op\":\"move\",\"level\":\"branch\",\"id\":" + below + ",\"parent\":" + project + "}"
        }) {
            var answer = bulk("{\"op\":\"delete\",\"level\":\"project\",\"id\":" + doomed + "}", later);
            assertThat(answer.status()).as(later).isEqualTo(404);
            assertThat(answer.json().get("operation").intValue()).isEqualTo(1);
        }
        var rescued = bulk(
                "{\"op\":\"move\",\"level\":\"branch\",\"id\":" + below + ",\"parent\":" + project + "}",
                "{\"op\":\"delete\",\"level\":\"project\",\"id\":" + doomed + "}",
                "{\"op\":\"update\",\"level\":\"task\",\"id\":" + task + ",\"name\":\"saved\"}");
        assertThat(rescued.status()).as(rescued.raw().body()).isEqualTo(200);
        assertThat(ann.get("/v1/tasks/" + task).json().get("name").textValue()).isEqualTo("saved");
    }

    @Test
    void globalGoesAndComesBackWithItsVersionGoingOn() {
        var gil = api.as("gil");
        long doomed = gil.project("p");
        var answer = gil.post(
                "/v1/bulk",
                "{\"operations\":[{\"op\":\"update\",\"level\":\"global\",\"name\":\"g\"},"
                        + "{\"op\":\"delete\",\"level\":\"global\"},"
                        + "{\"op\":\"create\",\"level\":\"project\",\"name\":\"new\"},"
                        + "{\"op\":\"update\",\"level\":\"global\",\"document\":{\"a\":1}}]}");
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        assertThat(gil.get("/v1/projects/" + doomed).status()).isEqualTo(404);
        assertThat(gil.get("/v1/global").header("ETag")).isEqualTo("\"5\"");
    }

    @Test
    void aThousandOperationsAreOneRequest() {
        var create = IntStream.range(0, 1000)
                .mapToObj(
                        i -> "{\"op\":\"create\",\"level\":\"task\",\"parent\":" + branch + ",\"name\":\"t" + i + "\"}")
                .toArray(String[]::new);
        var created = bulk(create);
        assertThat(created.status()).isEqualTo(200);
        var ids = created.json().get("results").findValuesAsText("id").stream()
                .distinct()
                .toList();
        assertThat(ids).hasSize(1000);

        var deleted = bulk(ids.stream()
                .map(id -> "{\"op\":\"delete\",\"level\":\"task\",\"id\":" + id + "}")
                .toArray(String[]::new));
        assertThat(deleted.status()).isEqualTo(200);

        var tooMany = bulk(create[0], String.join(",", create));
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.json().get("detail").textValue()).contains("1001");
    }

    @Test
    void aThousandDocumentsOfSomeKilobytesAreOneRequest() {
        long branch = ann.branch(ann.project("p"), "b");
        var operation = "{\"op\":\"create\",\"level\":\"task\",\"parent\":" + branch
                + ",\"name\":\"t\",\"document\":{\"a\":\"" + "x".repeat(6_000) + "\"}}";
        var answer = ann.post(
                "/v1/bulk", "{\"operations\":[" + String.join(",", Collections.nCopies(1_000, operation)) + "]}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("results").size()).isEqualTo(1_000);
    }

    @Test
    void aLargerBodyIsRefusedWithTheLimit() {
        var answer = ann.post("/v1/bulk", "{\"operations\":[\"" + "x".repeat(9 << 20) + "\"]}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("limit").intValue()).isEqualTo(8 << 20);
        assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo("body");
    }

    /** Some twenty times its size as a tree. */
    @Test
    void aBodyOfTooManyValuesIsRefusedBeforeItFillsTheHeap() {
        var answer = ann.post("/v1/bulk", "{\"operations\":[" + "[],".repeat(2_000_000) + "[]]}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo("body");
        assertThat(answer.json().at("/errors/0/reason").textValue()).contains("1148576 JSON tokens");
    }

    @Test
    void aDocumentWithAsManyValuesAsFitIsTaken() {
        // 64 levels with the document itself, and hardly a comma: as many tokens as a document can have.
        var values = "[".repeat(62) + "]".repeat(62);
        var document = "{\"a\":[" + String.join(",", Collections.nCopies(8_300, values)) + "]}";
        var answer = ann.post(
                "/v1/bulk",
                "{\"operations\":[{\"op\":\"create\",\"level\":\"project\",\"name\":\"p\",\"document\":" + document
                        + "}]}");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aDocumentOverItsLimitIsNamed() {
        var answer = ann.post(
                "/v1/bulk",
                "{\"operations\":[{\"op\":\"update\",\"level\":\"global\",\"document\":{\"a\":\"" + "x".repeat(1 << 20)
                        + "\"}}]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo("operations[0].document");
        assertThat(answer.json().at("/errors/0/reason").textValue()).contains("1048576");
    }

    @Test
    void thousandsOfLargeDocumentsDoNotFitInOneRequest() {
        long big = ann.task(branch, "big");
        var document = "x".repeat(900_000);
        ann.patch("/v1/tasks/" + big, "{\"document\":{\"a\":\"" + document + "\"}}");
        var ids = IntStream.range(0, 20)
                .mapToObj(i -> {
                    long id = ann.task(branch, "big" + i);
                    ann.patch("/v1/tasks/" + id, "{\"document\":{\"a\":\"" + document + "\"}}");
                    return "{\"op\":\"update\",\"level\":\"task\",\"id\":" + id + ",\"status\":\"done\"}";
                })
                .collect(Collectors.joining(","));
        var answer = bulk(ids);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("errors").get(0).get("field").textValue()).isEqualTo("operations");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"level\":\"task\"}|op",
                "{\"op\":\"create\"}|level",
                "{\"op\":\"paint\",\"level\":\"task\"}|op",
                "{\"op\":\"create\",\"level\":\"tree\"}|level",
                "{\"op\":\"create\",\"level\":\"task\",\"name\":\"x\"}|parent",
                "{\"op\":\"create\",\"level\":\"task\",\"parent\":\"7\",\"name\":\"x\"}|parent",
                "{\"op\":\"create\",\"level\":\"task\",\"parent\":\"$none\",\"name\":\"x\"}|parent",
                "{\"op\":\"create\",\"level\":\"project\",\"parent\":1,\"name\":\"x\"}|parent",
                "{\"op\":\"create\",\"level\":\"project\",\"name\":\"x\",\"ref\":\"$a\"}|ref",
                "{\"op\":\"update\",\"level\":\"project\",\"name\":\"x\"}|id",
                "{\"op\":\"update\",\"level\":\"global\",\"id\":\"bob\"}|id",
                "{\"op\":\"move\",\"level\":\"project\",\"id\":1,\"parent\":1}|level",
                "{\"op\":\"delete\",\"level\":\"task\",\"id\":1,\"name\":\"x\"}|name",
                "{\"op\":\"delete\",\"level\":\"task\",\"id\":1,\"version\":0}|version",
                "{\"op\":\"update\",\"level\":\"branch\",\"id\":1,\"status\":\"done\"}|status"
            })
    void anOperationThatIsNotOneIsNamedByIndexAndField(String operation, String field) {
        var answer = bulk("{\"op\":\"update\",\"level\":\"global\"}", operation);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.json().get("errors").findValuesAsText("field")).contains("operations[1]." + field);
    }

    @Test
    void aReferenceOfAnotherLevelOrTakenTwiceIsRefused() {
        var wrongLevel = bulk(
                "{\"op\":\"create\",\"level\":\"project\",\"ref\":\"p\",\"name\":\"P\"}",
                "{\"op\":\"create\",\"level\":\"task\",\"parent\":\"$p\",\"name\":\"T\"}");
        assertThat(wrongLevel.status()).isEqualTo(400);
        assertThat(wrongLevel.json().get("detail").textValue()).contains("is a project; expected a branch");
        var twice = bulk(
                "{\"op\":\"create\",\"level\":\"project\",\"ref\":\"p\",\"name\":\"P\"}",
                "{\"op\":\"create\",\"level\":\"project\",\"ref\":\"p\",\"name\":\"P\"}");
        assertThat(twice.json().get("errors").get(0).get("field").textValue()).isEqualTo("operations[1].ref");
    }

    @Test
    void aBulkIsAListOfOperations() {
        for (var body : new String[] {"{}", "{\"operations\":{}}", "{\"operations\":[]}", "{\"operations\":[1]}"}) {
            assertThat(ann.post("/v1/bulk", body).status()).as(body).isEqualTo(400);
        }
    }
}
