// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The process reports what was given up, or why it ended. */
@WithPostgres
@WithRedis
class UnreadableToldTest {
    private final TestDatabase database;
    private final RedisServer redis;
    private final HttpClient http = HttpClient.newHttpClient();

    UnreadableToldTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void byTheStatusAndByTheLastLineOfTheLog() throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var logger = (Logger) LoggerFactory.getLogger(Supervisor.class);
        logger.addAppender(log);
        try {
            JsonNode told = whatIsTold(registry);
            // It has been closed.
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains("could not be read 1 times in this run")
                            && line.contains(told.path("after").asText())
                            && line.contains("differ only by case"));
        } finally {
            logger.detachAppender(log);
        }
    }

    private JsonNode whatIsTold(PrometheusMeterRegistry registry) throws Exception {
        try (var run = new RunFixture(database, redis, "told_status");
                var supervisor = run.supervisor(registry);
                var admin = AdminServer.start("127.0.0.1", 0, new RunPages(supervisor, registry, "1").pages(true))) {
            supervisor.start();
            await().atMost(RunFixture.PATIENCE).until(() -> supervisor.status().state() == State.STREAMING);
            assertThat(unreadable(admin)).hasToString("{\"count\":0}");

            makeUnreadable(run, "told_status");

            await().atMost(RunFixture.PATIENCE)
                    .until(() -> unreadable(admin).path("count").asInt() == 1);
            JsonNode told = unreadable(admin);
            assertThat(told.path("why").asText()).contains("differ only by case");
            assertThat(told.path("after").asText()).matches("[0-9A-F]+/[0-9A-F]+");
            assertThat(told.path("resumedAt").asText()).matches("[0-9A-F]+/[0-9A-F]+");
            assertThat(told.path("at").asText()).isNotBlank();
            return told;
        }
    }

    @Test
    void theReasonIsToldByReadinessTooWhileItIsTriedAgain() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var run = new RunFixture(
                        database,
                        redis.uri(),
                        "told_ready",
                        "jdbc:postgresql://127.0.0.1:" + port + "/app",
                        Duration.ofSeconds(10));
                var supervisor = run.supervisor(registry);
                var admin = AdminServer.start("127.0.0.1", 0, new RunPages(supervisor, registry, "1").pages(true))) {
            supervisor.start();
            await().atMost(RunFixture.PATIENCE).until(() -> supervisor.status().state() == State.FAILED);
            for (int i = 0; i < 20; i++) {
                assertThat(get(admin, "/readyz?verbose")).contains("state: failed: ", "127.0.0.1:" + port + " refused");
                assertThat(new ObjectMapper()
                                .readTree(get(admin, "/status"))
                                .path("reason")
                                .asText())
                        .contains("127.0.0.1:" + port + " refused");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--on-unreadable=stop", "FRESHET_ON_UNREADABLE=stop"})
    void byTheExitCodeWhereThatIsWanted(String choice, @TempDir Path folder) throws Exception {
        String name = choice.startsWith("--") ? "told_option" : "told_variable";
        try (var run = new RunFixture(database, redis, name)) {
            Path mapping = Files.writeString(
                    folder.resolve("m.yaml"),
                    "freshet: 1\nnamespace: " + name.replace('_', '-') + "\nentities: { item: { table: " + name
                            + ", id: id, keys: [ '" + run.key(0).replace(":0", ":{id}") + "' ] } }\n");
            var variables = new HashMap<>(Map.of(
                    "FRESHET_JDBC_URL",
                    database.jdbcUrlWithUser(),
                    "FRESHET_REDIS_URL",
                    redis.uri(),
                    "FRESHET_MAPPING",
                    mapping.toString(),
                    "FRESHET_SLOT",
                    name,
                    "FRESHET_PUBLICATION",
                    name,
                    "FRESHET_HEARTBEAT",
                    "200ms"));
            if (!choice.startsWith("--")) {
                variables.put(choice.split("=")[0], choice.split("=")[1]);
            }
            var out = new StringWriter();
            var err = new StringWriter();
            var line = CommandRunner.commandLine(new InvalidatorMain(), new Environment(variables))
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true));
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> choice.startsWith("--")
                    ? line.execute("run", "--admin-port=0", choice)
                    : line.execute("run", "--admin-port=0"));
            await().atMost(RunFixture.PATIENCE).until(() -> run.position("lsn") != null);
            run.cache(7);
            makeUnreadable(run, name);
            await().atMost(RunFixture.PATIENCE).until(code::isDone);
            assertThat(code.join()).as(err.toString()).isEqualTo(1);
            assertThat(err.toString())
                    .contains("cannot be read: ", "differ only by case")
                    .contains("None of it was acknowledged. Start with --on-unreadable=purge");
            assertThat(run.redis().exists(run.key(7))).isEqualTo(1);
        }
    }

    private static void makeUnreadable(RunFixture run, String table) {
        run.execute(
                "CREATE TABLE other_" + table + " (id int PRIMARY KEY, \"Name\" text, name text)",
                "ALTER PUBLICATION " + table + " ADD TABLE other_" + table,
                "INSERT INTO other_" + table + " VALUES (1, 'x', 'y')");
    }

    private JsonNode unreadable(AdminServer admin) throws Exception {
        return new ObjectMapper().readTree(get(admin, "/status")).path("unreadable");
    }

    private String get(AdminServer admin, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(admin.url() + path)).build(), BodyHandlers.ofString())
                .body();
    }
}
