// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.e2e.context.RandomWrites;
import dev.freshet.e2e.context.Tree;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Background;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.EmbeddedCommand;
import dev.freshet.e2e.process.Json;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.server.Database;
import io.lettuce.core.SetArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./freshet invalidator audit}, run next to the processes that it audits. */
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
        try (var app = freshet.application();
                var planted = new Planted(app, "planted")) {
            var result = audit().run().expect(1);

            assertThat(summary(result).path("violations").asLong()).isEqualTo(1);
            var violation = Json.parse(result.lines().get(0)).path("violation");
            assertThat(violation.path("key").asText()).isEqualTo(planted.key);
            assertThat(violation.path("history").findValuesAsText("evicted")).contains("true");
            assertThat(violation.path("fences").has(planted.tag)).isTrue();
        }
    }

    /** A task's entry that is stored again after it was evicted. */
    private final class Planted implements AutoCloseable {
        final String key;
        final String tag;
        private final String tagSet;

        Planted(Database app, String user) throws Exception {
            var tree = Tree.full(freshet.user(user), app);
            var task = tree.node("T1");
            tree.user().read(task.path()).expect(200);
            freshet.drain();
            tree.user().read(task.path()).expect(200);
            tag = "task:" + task.id();
            key = "ctx:{" + user + "}:" + tag + ":own";
            tagSet = "ctx:{" + user + "}:~tag:" + tag;
            var redis = freshet.cache().redis();
            var entry = redis.get(key);
            assertThat(entry).contains("\"snapshot\"");
            tree.user().patch(task.path(), Map.of("name", "newer")).expect(200);
            freshet.drain();
            redis.set(key, entry, SetArgs.Builder.ex(60));
            redis.sadd(tagSet, key);
        }

        @Override
        public void close() {
            freshet.cache().redis().del(key, tagSet);
        }
    }

    @Test
    void ctrlCEndsItWithTheSummary() throws Exception {
        assumeFalse(Sidecar.hearsNoInterrupts(), "SIGINT is ignored here, as in a shell's background job");
        var forever = Command.freshet("invalidator", "audit", "--all", "--continuous", "--interval=1h", "--format=json")
                .with(freshet.auditSettings());
        try (var app = freshet.application();
                var planted = new Planted(app, "interrupted");
                var audit = new Sidecar(forever)) {
            audit.awaitLog(Pattern.quote(planted.key));
            assertThat(audit.interrupt()).isEqualTo(1);
            assertThat(audit.log()).contains("\"summary\":{");
        }
        // Keys that it cannot check, but more than it can get through.
        var redis = freshet.cache().redis();
        var odd = IntStream.range(0, 100)
                .mapToObj(i -> "ctx:{interrupted}:task:" + i + ":own")
                .toArray(String[]::new);
        for (var key : odd) {
            redis.set(key, "no entry");
        }
        var once = Command.freshet("invalidator", "audit", "--all", "--rate=1", "--format=json")
                .with(freshet.auditSettings());
        try (var rounds = new Sidecar(forever)) {
            awaitAudit();
            assertThat(rounds.interrupt()).isEqualTo(4);
            assertThat(rounds.log()).contains("\"summary\":{");
            try (var round = new Sidecar(once)) {
                awaitAudit();
                assertThat(round.interrupt()).isEqualTo(130);
                assertThat(round.log()).contains("\"summary\":{");
            }
        } finally {
            redis.del(odd);
        }
    }

    private void awaitAudit() {
        await().atMost(PATIENCE)
                .until(() -> freshet.cache().redis().clientList().contains("name=freshet-audit"));
    }

    @Test
    void refusesWhatItCannotDo() {
        var wrong = audit("--all", "--sample=3").expect(2);
        assertThat(wrong.errors()).contains("--sample is given beside --all; expected one of them");
        audit("--recent-url=nowhere").expect(2);
        audit("--jdbc-url=jdbc:postgresql://127.0.0.1:1/none").expect(6);
    }

    private Command.Result audit(String... options) {
        var words = new ArrayList<>(List.of("invalidator", "audit"));
        words.addAll(List.of(options));
        return EmbeddedCommand.run(freshet.auditSettings(), words.toArray(String[]::new));
    }
}
