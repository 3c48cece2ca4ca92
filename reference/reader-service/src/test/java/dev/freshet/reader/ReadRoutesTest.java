// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.support.http.openapi.OpenApi;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadRoutesTest extends OnSample {
    @Test
    void showsATaskAsItIs() {
        var task = reader.get("u1", "/v1/tasks/111");
        assertThat(task.status()).isEqualTo(200);
        assertThat(task.header("Content-Type")).isEqualTo("application/json");
        assertThat(task.json().path("level").asText()).isEqualTo("task");
        assertThat(task.json().path("id").asLong()).isEqualTo(111);
        assertThat(task.json().path("parent").asLong()).isEqualTo(11);
        assertThat(task.json().path("name").asText()).isEqualTo("t111");
        assertThat(task.json().path("status").asText()).isEqualTo("open");
        assertThat(task.json().path("document").toString()).isEqualTo("{\"c\":[2],\"d\":\"task\"}");
        assertThat(task.json().path("createdAt").asText()).endsWith("Z");
        assertThat(task.header("ETag"))
                .isEqualTo("\"" + task.json().path("version").asLong() + "\"");
    }

    @Test
    void showsOfEachLevelOnlyWhatItHas() {
        var global = reader.get("u1", "/v1/global").json();
        assertThat(global.path("id").asText()).isEqualTo("u1");
        assertThat(global.has("parent")).isFalse();
        assertThat(global.has("status")).isFalse();
        assertThat(reader.get("u1", "/v1/projects/1").json().path("parent").asText())
                .isEqualTo("u1");
        assertThat(reader.get("u1", "/v1/branches/11").json().path("parent").asLong())
                .isEqualTo(1);
    }

    @Test
    void keepsEveryDigitOfANumber() {
        database.execute(
                "update freshet.task_context set document = '{\"n\": 1.00000000000000000000000000000000000100, \"big\": 1e500}' where id = 111");
        var big = "1" + "0".repeat(500);
        assertThat(reader.get("u1", "/v1/tasks/111").body())
                .contains("1.00000000000000000000000000000000000100")
                .contains(big);
        var resolved = reader.get("u1", "/v1/tasks/111/resolved");
        assertThat(resolved.body()).contains("1.00000000000000000000000000000000000100");
        assertThat(resolved.status()).isEqualTo(200);
    }

    /** Plain SQL may write what no request could: thousands of levels, and names and numbers of any length. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "('{\"a\":' || repeat('[', 3000) || repeat(']', 3000) || '}')::jsonb",
                "(repeat('{\"a\":', 3000) || '1' || repeat('}', 3000))::jsonb",
                "jsonb_build_object(repeat('n', 100000), -(10::numeric ^ 131071 - 1) + 10::numeric ^ -12000)"
            })
    void showsAndResolvesWhatOnlySqlCouldWrite(String document) {
        for (var table : new String[] {"global_context", "project_context", "branch_context", "task_context"}) {
            database.execute("update freshet." + table + " set document = " + document + " where user_id = 'u1'");
        }
        for (var level : new String[] {"/v1/global", "/v1/projects/1", "/v1/branches/11", "/v1/tasks/111"}) {
            var own = reader.get("u1", level);
            assertThat(own.status()).as(level).isEqualTo(200);
            var shown =
                    own.body().substring(own.body().indexOf("\"document\":")).replace(" ", "");
            var resolved = reader.get("u1", level + "/resolved");
            assertThat(resolved.status()).as(level).isEqualTo(200);
            assertThat(resolved.body()).contains(shown.substring(0, shown.length() - 1));
            assertThat(reader.get("u1", level + "/resolved").cache()).isEqualTo("hit");
        }
    }

    @Test
    void mergesTheChainFromGlobalDown() throws Exception {
        assertThat(reader.get("u1", "/v1/tasks/111/resolved").json()).isEqualTo(new ObjectMapper().readTree("""
                {"level": "task", "id": 111, "name": "t111",
                 "document": {"a": "project", "b": {"x": 1}, "n": 1.10, "c": [2], "d": "task"},
                 "chain": [{"level": "global", "id": "u1"}, {"level": "project", "id": 1},
                           {"level": "branch", "id": 11}, {"level": "task", "id": 111}]}
                """));
    }

    @Test
    void resolvesEveryLevel() {
        assertThat(reader.get("u1", "/v1/global/resolved").json().path("chain").size())
                .isEqualTo(1);
        assertThat(reader.get("u1", "/v1/projects/1/resolved")
                        .json()
                        .path("document")
                        .path("a")
                        .asText())
                .isEqualTo("project");
        assertThat(reader.get("u1", "/v1/branches/21/resolved")
                        .json()
                        .at("/document/two")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void listsChildrenByIdAndPages() {
        assertThat(reader.get("u1", "/v1/projects").body())
                .isEqualTo("{\"items\":[{\"id\":1,\"name\":\"p1\"},{\"id\":2,\"name\":\"p2\"}],\"next\":null}");
        assertThat(reader.get("u1", "/v1/branches/11/tasks?limit=1").body())
                .isEqualTo("{\"items\":[{\"id\":111,\"name\":\"t111\",\"status\":\"open\"}],\"next\":111}");
        assertThat(reader.get("u1", "/v1/branches/11/tasks?limit=1&after=111").body())
                .isEqualTo("{\"items\":[{\"id\":112,\"name\":\"t112\",\"status\":\"done\"}],\"next\":null}");
    }

    @Test
    void tellsAnEmptyListFromAParentThatDoesNotExist() {
        assertThat(reader.get("u1", "/v1/branches/21/tasks").body()).isEqualTo("{\"items\":[],\"next\":null}");
        assertThat(reader.get("u1", "/v1/branches/22/tasks").status()).isEqualTo(404);
        assertThat(reader.get("nobody", "/v1/projects").body()).isEqualTo("{\"items\":[],\"next\":null}");
        assertThat(reader.get("nobody", "/v1/global").status()).isEqualTo(404);
        assertThat(reader.get("nobody", "/v1/global/resolved").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/global",
                "/v1/projects",
                "/v1/projects/1",
                "/v1/projects/1/branches",
                "/v1/branches/11",
                "/v1/branches/11/tasks",
                "/v1/tasks/111",
                "/v1/tasks/111/resolved",
                "/v1/tasks/404",
                "/v1/projects/404/branches"
            })
    void answersTheSecondTimeFromTheCacheWithTheSame(String path) {
        var first = reader.get("u1", path);
        var second = reader.get("u1", path);
        assertThat(first.cache()).isEqualTo("miss");
        assertThat(second.cache()).isEqualTo("hit");
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/projects/1", "/v1/projects/1/resolved", "/v1/projects/1/branches", "/v1/branches/11",
                "/v1/branches/11/resolved", "/v1/branches/11/tasks", "/v1/tasks/111", "/v1/tasks/111/resolved"
            })
    void hidesAnotherUsersContextsAndSharesNoEntry(String path) {
        assertThat(reader.get("u1", path).status()).isEqualTo(200);
        var others = reader.get("u2", path);
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.cache()).isEqualTo("miss");
        assertThat(others.body()).doesNotContain("u1");
        assertThat(reader.get("u1", path).cache()).isEqualTo("hit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "}", "{u1}", "a:b", " a b ", "u1}:task", "%7D", "*", "~", "ü", "'; --", "LONG"})
    void servesUsersWithOddIds(String name) {
        var user = name.equals("LONG") ? "😀".repeat(100) : name;
        var quoted = user.replace("'", "''");
        database.execute(
                "insert into freshet.global_context (user_id, name) values ('" + quoted + "', 'odd')",
                "insert into freshet.project_context (id, user_id, name) values (77, '" + quoted + "', 'odd')");
        assertThat(reader.get(user, "/v1/global").json().path("id").asText()).isEqualTo(user);
        assertThat(reader.get(user, "/v1/projects/77").json().path("parent").asText())
                .isEqualTo(user);
        assertThat(reader.get(user, "/v1/projects/77/resolved").status()).isEqualTo(200);
        assertThat(reader.get(user, "/v1/projects").json().path("items").size()).isEqualTo(1);
        assertThat(reader.get(user, "/v1/projects").cache()).isEqualTo("hit");
        assertThat(reader.get("u1", "/v1/projects/77").status()).isEqualTo(404);
        assertThat(redis.keys())
                .allMatch(key -> key.startsWith(RedisView.isolate(user)) || key.startsWith(RedisView.isolate("u1")));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/tasks/0, id",
        "/v1/tasks/-1, id",
        "/v1/tasks/+1, id",
        "/v1/tasks/01, id",
        "/v1/tasks/x, id",
        "/v1/tasks/9223372036854775808, id",
        "/v1/projects?limit=0, limit",
        "/v1/projects?limit=501, limit",
        "/v1/projects?limit=, limit",
        "/v1/projects?limit=1e2, limit",
        "/v1/projects?after=-1, after",
        "/v1/projects?after=00, after",
    })
    void refusesWhatIsNoNumberAndNamesTheField(String path, String field) {
        var answer = reader.get("u1", path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(redis.keys()).isEmpty();
    }

    @Test
    void spellsAPageInOneWayOnly() {
        reader.get("u1", "/v1/projects");
        assertThat(reader.get("u1", "/v1/projects?after=0&limit=50").cache()).isEqualTo("hit");
    }

    @Test
    void answersNotModifiedForAsLongAsNothingChanged() {
        for (var path : new String[] {"/v1/tasks/111", "/v1/tasks/111/resolved", "/v1/branches/11/tasks"}) {
            var etag = reader.get("u1", path).header("ETag");
            var again = reader.get("u1", path, "If-None-Match", "\"0\", W/" + etag);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.header("ETag")).isEqualTo(etag);
            assertThat(again.cache()).isEqualTo("hit");
            assertThat(reader.get("u1", path, "If-None-Match", "\"0\"").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void changesTheTagOfAResolvedContextWithItsAncestors() {
        var before = reader.get("u1", "/v1/tasks/111/resolved").header("ETag");
        database.execute("update freshet.global_context set document = '{\"new\": 1}' where user_id = 'u1'");
        redis.flush();
        redis.promise(database);
        assertThat(reader.get("u1", "/v1/tasks/111/resolved").header("ETag")).isNotEqualTo(before);
    }

    @Test
    void hasExactlyTheRoutesOfItsOpenApiDocument() {
        assertThat(reader.service.http().operations())
                .isEqualTo(OpenApi.fromClasspath(ReaderService.OPENAPI).operations());
        assertThat(reader.open("/openapi").body()).contains("/v1/tasks/{id}/resolved");
    }

    @Test
    void leavesThePastToTheWriter() {
        for (var path : List.of("/v1/tasks/111?at=1", "/v1/tasks/111/resolved?at=1", "/v1/projects?at=1")) {
            var refused = reader.get("u1", path);
            assertThat(refused.status()).as(path).isEqualTo(400);
            assertThat(refused.body()).contains("belongs to the writer");
        }
    }

    @Test
    void countsWhatTheCacheDoes() {
        reader.get("u1", "/v1/tasks/111");
        reader.get("u1", "/v1/tasks/111");
        assertThat(reader.open("/metrics").body())
                .contains("freshet_cache_reads_total{level=\"eventual\",status=\"hit\",value=\"present\"}")
                .contains("freshet_cache_reads_total{level=\"eventual\",status=\"miss\",value=\"present\"}")
                .contains("freshet_cache_fills_refused_total")
                .contains("freshet_cache_load_seconds_count{outcome=\"loaded\"}")
                .contains("hikaricp_connections_active")
                .contains("route=\"/v1/tasks/{id}\"");
    }

    @Test
    void isReady() {
        var ready = reader.open("/readyz?verbose");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().path("checks").toString())
                .isEqualTo("{\"database\":\"up\",\"isolation\":\"up\",\"redis\":\"up\",\"invalidator\":\"up\"}");
    }
}
