// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.invalidator.run.status.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real process works on the slot and is killed while this one stands by. */
@WithPostgres
@WithRedis
class TakeoverTest {
    private static final Logger LOG = LoggerFactory.getLogger(TakeoverTest.class);

    private final TestDatabase database;
    private final RedisServer redis;

    TakeoverTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void theStandbyTakesOverFromAProcessThatWasKilledAndNothingIsMissed(@TempDir Path folder) throws Exception {
        try (var run = new RunFixture(database, redis, "take_over")) {
            Process first = process(folder);
            try {
                await().atMost(PATIENCE).until(() -> {
                    assertThat(first.isAlive()).as(log(folder)).isTrue();
                    return run.position("held-at") != null;
                });
                String epoch = run.position("epoch");
                run.start();
                run.awaitState(State.STANDBY);
                run.cache(1, 2);

                first.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                long killed = System.nanoTime();
                run.execute("INSERT INTO take_over VALUES (1, 'x')");
                run.awaitGone(1);

                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
                run.awaitPublished();
                LOG.info(
                        "evicted {} ms after the kill, published after {} ms",
                        millis,
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
                assertThat(run.redis().exists(run.key(2))).isEqualTo(1);
                assertThat(run.position("epoch")).as("no purge").isEqualTo(epoch);
            } finally {
                first.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    /** Otherwise the two would alternate and evict by different rules. */
    @Test
    void aStandbyWithAnotherMappingIsRefused() {
        try (var run = new RunFixture(database, redis, "take_mapping")) {
            run.execute("ALTER TABLE take_mapping REPLICA IDENTITY FULL");
            run.startAndStream();
            run.awaitPublished();
            run.cache(1);
            String epoch = run.position("epoch");

            try (var second = new Instance(database, redis.uri(), "take_mapping", false, """
                            freshet: 1
                            namespace: take-mapping
                            entities:
                              item:
                                table: public.take_mapping
                                id: id
                                keys: [ "take-mapping:item:{name}" ]
                            """)) {
                assertThat(second.refusal()).contains("the mapping differs", "--take-over");
            }
            assertThat(run.redis().exists(run.key(1))).isEqualTo(1);
            assertThat(run.supervisor().status().state()).isEqualTo(State.STREAMING);
            assertThat(run.position("epoch")).as("no purge").isEqualTo(epoch);
        }
    }

    private Process process(Path folder) throws IOException {
        Path mapping = Files.writeString(folder.resolve("first.yaml"), """
                freshet: 1
                namespace: take-over
                entities:
                  item:
                    table: public.take_over
                    id: id
                    keys: [ "take-over:item:{id}" ]
                """);
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        InvalidatorMain.class.getName(),
                        "run",
                        "--jdbc-url=" + database.jdbcUrl(),
                        "--jdbc-user=" + database.user(),
                        "--redis-url=" + redis.uri(),
                        "--mapping=" + mapping,
                        "--slot=take_over",
                        "--publication=take_over",
                        "--heartbeat=200ms",
                        "--admin-port=0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("first").toFile());
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().put("FRESHET_JDBC_PASSWORD", database.password());
        return builder.start();
    }

    private static String log(Path folder) throws IOException {
        return Files.readString(folder.resolve("first"));
    }
}
