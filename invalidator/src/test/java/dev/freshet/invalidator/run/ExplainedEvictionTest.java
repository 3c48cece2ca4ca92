// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.invalidator.admin.AdminServer;
import dev.freshet.invalidator.admin.RunPages;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} asks a running invalidator what evicted a key. */
@WithPostgres
@WithRedis
class ExplainedEvictionTest {
    @TempDir
    Path folder;

    @Test
    void theLastChangeThatEvictedTheKeyIsNamed(TestDatabase database, RedisServer redis) throws Exception {
        Path mapping = Files.writeString(folder.resolve("m.yaml"), """
                freshet: 1
                entities: { item: { table: run_explained, id: id, keys: [ "run-explained:item:{id}" ] } }
                """);
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var run = new RunFixture(database, redis, "run_explained");
                var supervisor = run.supervisor(registry);
                var admin = AdminServer.start("127.0.0.1", 0, new RunPages(supervisor, registry, "1").pages(true))) {
            supervisor.start();
            assertThat(explain(mapping, admin.url(), "run-explained:item:1"))
                    .contains("evicted  the invalidator remembers no transaction");
            await().atMost(RunFixture.PATIENCE).until(() -> supervisor.status().state() == State.STREAMING);
            run.cache(1);
            run.execute("INSERT INTO run_explained VALUES (1, 'secret')");
            run.awaitGone(1);
            run.execute("UPDATE run_explained SET name = 'secret2'");

            await().atMost(RunFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(explain(mapping, admin.url(), "run-explained:item:1"))
                            .containsPattern("evicted  \\S+Z own: update of public.run_explained 1; transaction \\d+ at"
                                    + " [0-9A-F]+/")
                            .doesNotContain("secret"));
            assertThat(explain(mapping, admin.url() + "/recent", "run-explained:item:2"))
                    .contains("evicted  not by what the invalidator remembers: 2 transactions since ");
            run.execute("TRUNCATE run_explained");
            await().atMost(RunFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(explain(mapping, admin.url(), "run-explained:item:2"))
                            .contains("truncated: truncate of public.run_explained, by pattern run-explained:item:*"));
        }
    }

    @Test
    void anEntryGoesByTheTagOfItsRow(TestDatabase database, RedisServer redis) throws Exception {
        String entity = "item: { table: run_tagged, id: id, isolate: owner, tags: true }";
        Path mapping = Files.writeString(
                folder.resolve("t.yaml"), "freshet: 1\nnamespace: run-tagged\nentities: { " + entity + " }\n");
        database.execute(
                "CREATE TABLE run_tagged (id int PRIMARY KEY, owner text, name text)",
                "ALTER TABLE run_tagged REPLICA IDENTITY FULL");
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var run = new RunFixture(
                        database,
                        redis.uri(),
                        "run_tagged",
                        database.jdbcUrl(),
                        Duration.ofSeconds(30),
                        "  " + entity + "\n");
                var supervisor = run.supervisor(registry);
                var admin = AdminServer.start("127.0.0.1", 0, new RunPages(supervisor, registry, "1").pages(true))) {
            supervisor.start();
            await().atMost(RunFixture.PATIENCE).until(() -> supervisor.status().state() == State.STREAMING);
            run.execute("INSERT INTO run_tagged VALUES (1, 'u 1', 'a')");

            await().atMost(RunFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(explain(mapping, admin.url(), "run-tagged:{u%201}:item:1:own"))
                            .contains("view own of item 1")
                            .contains("own: create of public.run_tagged 1, by tag item:1; transaction"));
            for (String other : List.of("run-tagged:{u2}:item:1:own", "run-tagged:{~}:item:1:own")) {
                assertThat(explain(mapping, admin.url(), other))
                        .contains("evicted  not by what the invalidator remembers: 1 transaction since ");
            }
            run.execute("TRUNCATE run_tagged");
            await().atMost(RunFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(explain(mapping, admin.url(), "run-tagged:{u2}:item:1:own"))
                            .contains("truncated: truncate of public.run_tagged, by tag item:*; transaction"));
        }
    }

    private static String explain(Path mapping, String url, String key) {
        var out = new StringWriter();
        int exit = CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("explain", key, "--mapping=" + mapping, "--admin-url=" + url);
        assertThat(exit).as(out.toString()).isZero();
        return out.toString();
    }
}
