// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.e2e.support.Background;
import dev.freshet.e2e.support.Command;
import dev.freshet.e2e.support.Installation;
import dev.freshet.e2e.support.InstallationExtension;
import dev.freshet.e2e.support.Json;
import dev.freshet.e2e.support.RandomWrites;
import dev.freshet.e2e.support.Tree;
import io.lettuce.core.SetArgs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./freshet invalidator audit}, beside the processes that it audits. */
@ExtendWith(InstallationExtension.class)
class AuditCommandTest {
    private final Installation freshet;

    AuditCommandTest(Installation freshet) {
        this.freshet = freshet;
    }

    private Command audit() {
        return Command.freshet("invalidator", "audit", "--all", "--rate=2000", "--format=json")
                .with(freshet.auditSettings());
    }

    private static JsonNode summary(Command.Result result) {
        List<String> lines = result.lines();
        return Json.parse(lines.get(lines.size() - 1)).path("summary");
    }

    @Test
    void findsNothingWhileWritersWrite() throws Exception {
        try (var app = freshet.application();
                var sql = freshet.application();
                var background = new Background()) {
            var tree = Tree.full(freshet.user("audited"), app);
            var writes = new RandomWrites(7, tree.user(), sql);
            var writer = background.repeat(() -> writes.run(5));
            var reader = background.repeat(() -> {
                for (var path : List.of("/v1/global", "/v1/projects", "/v1/global/resolved")) {
                    tree.user().read(path);
                }
                for (var task : List.of("T1", "P1")) {
                    tree.user().read(tree.node(task).path());
                    tree.user().read(tree.node(task).path() + "/resolved");
                }
            });

            var result = audit().run().expect(0);

            writer.stop();
            reader.stop();
            var summary = summary(result);
            assertThat(summary.path("checked").asLong()).as(result.output()).isPositive();
            assertThat(summary.path("violations").asLong()).isZero();
            assertThat(summary.path("unchecked").asLong()).as(result.output()).isZero();
        }
    }

    @Test
    void findsAnEntryThatCameBackAfterItsEviction() throws Exception {
        try (var app = freshet.application()) {
            var tree = Tree.full(freshet.user("planted"), app);
            var task = tree.node("T1");
            tree.user().read(task.path()).expect(200);
            freshet.drain();
            tree.user().read(task.path()).expect(200);
            var redis = freshet.cache().redis();
            var key = "ctx:{planted}:task:" + task.id() + ":own";
            var tags = "ctx:{planted}:~tag:task:" + task.id();
            var entry = redis.get(key);
            assertThat(entry).contains("\"snapshot\"");
            tree.user().patch(task.path(), Map.of("name", "newer")).expect(200);
            freshet.drain();
            redis.set(key, entry, SetArgs.Builder.ex(60));
            redis.sadd(tags, key);
            try {
                var result = audit().run().expect(1);

                assertThat(summary(result).path("violations").asLong()).isEqualTo(1);
                var violation = Json.parse(result.lines().get(0)).path("violation");
                assertThat(violation.path("key").asText()).isEqualTo(key);
                assertThat(violation.path("history").findValuesAsText("evicted"))
                        .contains("true");
                assertThat(violation.path("fences").has("task:" + task.id())).isTrue();
            } finally {
                redis.del(key, tags);
            }
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        var wrong = Command.freshet("invalidator", "audit", "--all", "--sample=3")
                .with(freshet.auditSettings())
                .run()
                .expect(2);
        assertThat(wrong.errors()).contains("--sample is '3'; expected not with --all");
        Command.freshet("invalidator", "audit", "--recent-url=nowhere")
                .with(freshet.auditSettings())
                .run()
                .expect(2);
        Command.freshet("invalidator", "audit", "--jdbc-url=jdbc:postgresql://127.0.0.1:1/none")
                .with(freshet.auditSettings())
                .run()
                .expect(3);
    }
}
