// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.docs.HangUps;
import dev.freshet.invalidator.InvalidatorMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process reloads its mapping when it is told to by SIGHUP, and by its admin port. */
@WithPostgres
@WithRedis
class HangUpTest {
    private static final String SLOT = "hang_up";
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

    private final TestDatabase database;
    private final RedisServer redis;
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private RunFixture run;
    private Process process;

    HangUpTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @BeforeEach
    void start() throws IOException {
        HangUps.assumeReceived();
        run = new RunFixture(database, redis, SLOT);
        mapping("\"hang-up:item:{id}\"");
        Files.writeString(folder.resolve("token"), "a token of the test\n");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        InvalidatorMain.class.getName(),
                        "run",
                        "--jdbc-url=" + database.jdbcUrl(),
                        "--jdbc-user=" + database.user(),
                        "--redis-url=" + redis.uri(),
                        "--mapping=" + folder.resolve("mapping.yaml"),
                        "--slot=" + SLOT,
                        "--publication=" + SLOT,
                        "--heartbeat=200ms",
                        "--admin-port=0"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().put("FRESHET_JDBC_PASSWORD", database.password());
        builder.environment()
                .put("FRESHET_ADMIN_TOKEN_FILE", folder.resolve("token").toString());
        process = builder.start();
        await().atMost(PATIENCE).until(() -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            return run.position("held-at") != null && LISTENING.matcher(log()).find();
        });
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        if (run != null) {
            run.close();
        }
    }

    @Test
    void aSignalAndAPostReloadTheFile() throws Exception {
        run.redis().set("hang-up:new:7", "cached");
        String former = run.position("mapping");

        mapping("\"hang-up:item:{id");
        hangUp();
        awaitLog("SIGHUP: the mapping in force stays: the mapping file is wrong");
        assertThat(process.isAlive()).isTrue();
        assertThat(run.position("mapping")).isEqualTo(former);

        mapping("\"hang-up:item:{id}\", \"hang-up:new:{id}\"");
        hangUp();
        awaitLog("SIGHUP: the mapping is replaced: new: template hang-up:new:{id}");
        await().atMost(PATIENCE).until(() -> !former.equals(run.position("mapping")));
        assertThat(run.redis().exists("hang-up:new:7")).isZero();

        assertThat(post(null).statusCode()).isEqualTo(401);
        assertThat(post("another").statusCode()).isEqualTo(401);
        assertThat(post("a token of the test").statusCode())
                .as("the same again")
                .isEqualTo(200);
        // A token that rotates needs no restart.
        Files.writeString(folder.resolve("token"), "the next token");
        assertThat(post("a token of the test").statusCode()).isEqualTo(401);
        mapping("\"hang-up:item:{id}\"");
        HttpResponse<String> answer = post("the next token");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode outcome = new ObjectMapper().readTree(answer.body());
        assertThat(outcome.path("outcome").asText()).isEqualTo("accepted");
        assertThat(outcome.path("keys").get(0).asText()).isEqualTo("hang-up:new:*");
        assertThat(outcome.path("purges").asBoolean()).isFalse();
        await().atMost(PATIENCE).until(() -> former.equals(run.position("mapping")));
        assertThat(log()).doesNotContain("a token of the test", "the next token");

        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("SIGTERM ends it as ever").isZero();
    }

    private void mapping(String keys) throws IOException {
        Files.writeString(folder.resolve("mapping.yaml"), """
                freshet: 1
                namespace: hang-up
                entities:
                  item:
                    table: public.%s
                    id: id
                    keys: [ %s ]
                """.formatted(SLOT, keys));
    }

    private void hangUp() throws Exception {
        var kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private HttpResponse<String> post(String token) throws Exception {
        Matcher listening = LISTENING.matcher(log());
        assertThat(listening.find()).isTrue();
        var request = HttpRequest.newBuilder(URI.create(listening.group(1) + "/reload"))
                .POST(BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void awaitLog(String text) {
        await(text).atMost(PATIENCE).until(() -> log().contains(text));
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }
}
