// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.Api;
import dev.freshet.writer.db.MigratedSchema;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@WithPostgres(template = MigratedSchema.class)
class BadInputTest {
    private static final long NONE = 999_999;
    private static Api api;
    private static Api.Client ann;
    private static long branch;

    @BeforeAll
    static void start(TestDatabase database) {
        api = Api.start(database);
        ann = api.as("ann");
        branch = ann.branch(ann.project("p"), "b");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static void assertProblem(Api.Answer answer, int status, String field) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("errors").findValuesAsText("field")).contains(field);
        assertThat(answer.json().get("errors").get(0).get("reason").textValue()).isNotBlank();
    }

    static Stream<String[]> badTasks() {
        return Stream.of(new String[][] {
            {"{}", "name"},
            {"{\"name\":\"\"}", "name"},
            {"{\"name\":null}", "name"},
            {"{\"name\":7}", "name"},
            {"{\"name\":\"" + "x".repeat(201) + "\"}", "name"},
            {"{\"name\":\"a\\u0000b\"}", "name"},
            {"{\"name\":\"\\ud83d\"}", "name"},
            {"{\"name\":\"n\",\"description\":\"" + "x".repeat(4001) + "\"}", "description"},
            {"{\"name\":\"n\",\"description\":null}", "description"},
            {"{\"name\":\"n\",\"status\":\"\"}", "status"},
            {"{\"name\":\"n\",\"status\":[]}", "status"},
            {"{\"name\":\"n\",\"document\":[]}", "document"},
            {"{\"name\":\"n\",\"document\":\"{}\"}", "document"},
            {"{\"name\":\"n\",\"document\":{\"a\":\"\\u0000\"}}", "document"},
            {"{\"name\":\"n\",\"document\":{\"a\":1e1000}}", "document"},
            {"{\"name\":\"n\",\"document\":" + "{\"a\":".repeat(64) + "1" + "}".repeat(64) + "}", null},
            {"{\"name\":\"n\",\"document\":" + "{\"a\":".repeat(64) + "{}" + "}".repeat(64) + "}", "document"},
            {"{\"name\":\"n\",\"document\":" + "{\"a\":".repeat(100) + "1" + "}".repeat(100) + "}", "body"},
            {"[".repeat(100_000), "body"},
            {"{\"name\":\"n\",\"colour\":\"red\"}", "colour"},
            {"{\"name\":\"n\",\"version\":3}", "version"},
            {"{\"name\":\"n\",\"name\":\"m\"}", "body"},
            {"{\"name\":\"n\"", "body"},
            {"{\"name\":\"n\"} x", "body"},
            {"[]", "body"},
            {"\"x\"", "body"},
            {"null", "body"},
            {" ", "body"},
        });
    }

    @ParameterizedTest
    @MethodSource("badTasks")
    void aTaskThatIsNotOneIsRefusedWithTheField(String body, String field) {
        var answer = ann.post("/v1/branches/" + branch + "/tasks", body);
        if (field == null) {
            assertThat(answer.status()).isEqualTo(201);
        } else {
            assertProblem(answer, 400, field);
        }
    }

    @Test
    void namesWhatIsKnownWhereAFieldIsNot() {
        var answer = ann.post("/v1/projects", "{\"name\":\"n\",\"status\":\"open\"}");
        assertProblem(answer, 400, "status");
        assertThat(answer.json().get("errors").get(0).get("reason").textValue())
                .contains("description, document, name");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        var answer = ann.post("/v1/projects", "{\"document\":1,\"x\":1}");
        assertThat(answer.json().get("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("x", "name", "document");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":null}",
                "{\"name\":\"\"}",
                "{\"name\":{}}",
                "{\"description\":1}",
                "{\"document\":[]}",
                "{\"document\":1}",
                "{\"id\":1}"
            })
    void aPatchThatIsNotOneIsRefused(String body) {
        assertThat(ann.patch("/v1/branches/" + branch, body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "-1", "1.5", "9223372036854775808", "99999999999999999999", "1e3", "%201", "٣"})
    void anIdThatIsNotOneIsRefused(String id) {
        var encoded = id.equals("٣") ? "%D9%A3" : id;
        assertProblem(ann.get("/v1/tasks/" + encoded), 400, "id");
        assertProblem(ann.delete("/v1/projects/" + encoded), 400, "id");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=-1,limit",
        "limit=201,limit",
        "limit=x,limit",
        "limit=99999999999,limit",
        "after=x,after",
        "after=-1,after",
        "after=9223372036854775808,after"
    })
    void pagingThatIsNotPagingIsRefused(String query, String field) {
        assertProblem(ann.get("/v1/projects?" + query), 400, field);
        assertProblem(ann.get("/v1/events?" + query), 400, field);
        assertProblem(ann.get("/v1/branches/" + branch + "/history?" + query), 400, field);
    }

    @Test
    void aFeedCannotStartAtSomeoneElsesEvent() {
        assertProblem(ann.get("/v1/events?after=" + NONE), 400, "after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "W/\"3\"", "\"x\"", "\"3\",", "\"-1\""})
    void anIfMatchThatIsNoEtagIsRefused(String match) {
        assertProblem(ann.patch("/v1/branches/" + branch, "{}", "If-Match", match), 400, "If-Match");
    }

    @Test
    void ifNoneMatchIsOnlyForWhatMayBeCreated() {
        assertProblem(
                ann.put("/v1/branches/" + branch, "{\"name\":\"n\"}", "If-None-Match", "*"), 400, "If-None-Match");
        assertProblem(ann.put("/v1/global", "{}", "If-None-Match", "\"1\""), 400, "If-None-Match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/json; charset=latin1",
                "application/merge-patch+json"
            })
    void anotherContentTypeIsRefused(String type) {
        var answer = ann.post("/v1/projects", "{\"name\":\"n\"}", "Content-Type", type);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void aPatchComesAsMergePatch() {
        assertThat(ann.patch("/v1/branches/" + branch, "{}", "Content-Type", "application/merge-patch+json")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        assertProblem(ann.post("/v1/projects", "{\"name\":\"" + "x".repeat(1_200_000) + "\"}"), 413, "body");
    }

    @Test
    void aDocumentOfTheLargestSizeIsTakenWithAllThatComesWithIt() {
        var document = "{\"a\":\"" + "x".repeat((1 << 20) - 8) + "\"}";
        var body = "{\"name\":\"" + "\\u00fc".repeat(200) + "\",\"description\":\"" + "\\u00fc".repeat(4_000)
                + "\",\"document\":";
        assertThat(ann.post("/v1/projects", body + document + "}").status()).isEqualTo(201);
        var answer = ann.post("/v1/projects", body + document.replace("x\"", "xx\"") + "}");
        assertProblem(answer, 400, "document");
        assertThat(answer.raw().body()).contains("larger than 1048576 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-None-Match"})
    void aConditionThatWouldBeForgottenIsRefused(String header) {
        var bulk = "{\"operations\":[{\"op\":\"update\",\"level\":\"branch\",\"id\":" + branch + ",\"name\":\"n\"}]}";
        assertProblem(ann.post("/v1/bulk", bulk, header, "\"3\""), 400, header);
        assertProblem(ann.post("/v1/projects", "{\"name\":\"n\"}", header, "*"), 400, header);
    }

    @Test
    void aDocumentCannotGrowOverTheLimitByPatches() {
        var path = "/v1/tasks/" + ann.task(branch, "t");
        var half = "x".repeat(600_000);
        assertThat(ann.patch(path, "{\"document\":{\"a\":\"" + half + "\"}}").status())
                .isEqualTo(200);
        assertProblem(ann.patch(path, "{\"document\":{\"b\":\"" + half + "\"}}"), 413, "document");
        assertThat(ann.get(path).json().get("version").longValue()).isEqualTo(2);
    }

    @Test
    void movesNeedAParentThatExists() {
        var path = "/v1/tasks/" + ann.task(branch, "t") + "/move";
        assertProblem(ann.post(path, "{}"), 400, "parent");
        assertProblem(ann.post(path, "{\"parent\":\"7\"}"), 400, "parent");
        assertProblem(ann.post(path, "{\"parent\":-7}"), 400, "parent");
        assertProblem(ann.post(path, "{\"parent\":" + NONE + "}"), 404, "parent");
    }

    @Test
    void anIdempotencyKeyHasVisibleCharacters() {
        assertProblem(
                ann.post("/v1/projects", "{\"name\":\"n\"}", "Idempotency-Key", "x".repeat(201)),
                400,
                "Idempotency-Key");
    }
}
