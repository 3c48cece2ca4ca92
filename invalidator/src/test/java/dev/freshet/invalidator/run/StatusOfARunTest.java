// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} of a real invalidator, while it streams and after it ended. */
@WithPostgres
@WithRedis
class StatusOfARunTest {
    private final StringWriter told = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void tellsHowItIsAndThatItIsGone(TestDatabase database, RedisServer redis) throws Exception {
        Path mapping = Files.writeString(folder.resolve("m.yaml"), """
                freshet: 1
                namespace: run-status
                entities: { item: { table: run_status, id: id, keys: [ "run-status:item:{id}" ] } }
                """);
        String jdbc = "--jdbc-url=" + database.jdbcUrlWithUser();
        String cache = "--redis-url=" + redis.uri();
        // How long a commit takes is not what is tested.
        String patient = "--warn-lag=10m";
        String still = "--critical-lag=10m";
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var run = new RunFixture(database, redis, "run_status")) {
            try (var invalidator = run.supervisor(registry);
                    var second = run.supervisor(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
                    var admin =
                            AdminServer.start("127.0.0.1", 0, new RunPages(invalidator, registry, "1").pages(true))) {
                invalidator.start();
                await().atMost(RunFixture.PATIENCE)
                        .until(() -> invalidator.status().state() == State.STREAMING);
                second.start();
                await().atMost(RunFixture.PATIENCE).until(() -> second.status().state() == State.STANDBY);
                run.awaitPublished();
                String url = "--admin-url=" + admin.url();

                assertThat(status(url, jdbc, cache, patient, still))
                        .as(told::toString)
                        .isZero();
                assertThat(told.toString())
                        .contains("state     streaming since ", "slot run_status, namespace run-status, version 1")
                        .containsPattern("active    freshet control [0-9a-f]{12} run-status .*process \\d+ of Postgre")
                        .containsPattern("standby   freshet control [0-9a-f]{12} run-status ")
                        .containsPattern("position  [0-9A-F]+/[0-9A-F]+, committed at ")
                        .contains("published by ", "not acknowledged", "PostgreSQL keeps ", "rates     changes 0.0/s")
                        .contains("errors    ")
                        .contains("ok        nothing is wrong");

                assertThat(status(url, jdbc, cache, patient, still, "--format=nagios", "--sample=0s"))
                        .as(told::toString)
                        .isZero();
                assertThat(told.toString()).startsWith("FRESHET OK - streaming, lag ");
                assertThat(status(url, "--warn-lag-bytes=0", "--format=json", "--sample=0s", patient, still))
                        .isZero();
                var json = new ObjectMapper().readTree(told.toString());
                assertThat(json.path("invalidator").path("state").asText()).isEqualTo("streaming");
                assertThat(json.path("slot").asText()).isEqualTo("run_status");

                run.execute("INSERT INTO run_status VALUES (1, 'secret')");
                await().atMost(RunFixture.PATIENCE)
                        .until(() -> !invalidator.recent().last(1).isEmpty());
                assertThat(run("tail", url, "--no-follow", "--mapping=" + mapping, "--key=*:item:?"))
                        .isZero();
                assertThat(told.toString())
                        .containsPattern("transaction \\d+ at [0-9A-F]+/[0-9A-F]+: 1 row, 1 eviction, 0 keys removed")
                        .contains("  create public.run_status 1")
                        .contains(
                                "    key run-status:item:1    own of public.run_status, by run-status:item:{id}, keys of"
                                        + " item, " + mapping + ":3:")
                        .doesNotContain("secret");
            }
            // What is left is judged without the process.
            assertThat(status(
                            jdbc, cache, "--slot=run_status", "--mapping=" + mapping, "--format=nagios", "--sample=0s"))
                    .isEqualTo(2);
            assertThat(told.toString()).contains("FRESHET CRITICAL - ", "no invalidator works on slot run_status");
            assertThat(status("--admin-url=http://127.0.0.1:1", jdbc, "--slot=run_status", "--sample=0s"))
                    .isEqualTo(1);
            assertThat(told.toString()).contains("critical  the invalidator did not answer: http://127.0.0.1:1");
            assertThat(status(jdbc, "--slot=nowhere", "--format=nagios", "--sample=0s"))
                    .isEqualTo(2);
            assertThat(told.toString()).contains("there is no replication slot nowhere");
        }
    }

    private int status(String... options) {
        return run("status", options);
    }

    private int run(String command, String... options) {
        told.getBuffer().setLength(0);
        var out = new PrintWriter(told, true);
        String[] arguments = new String[options.length + 1];
        arguments[0] = command;
        System.arraycopy(options, 0, arguments, 1, options.length);
        int code = CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(out)
                .setErr(out)
                .execute(arguments);
        assertThat(told.toString()).doesNotContain("\tat ");
        return code;
    }
}
