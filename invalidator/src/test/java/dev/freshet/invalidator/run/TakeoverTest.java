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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            Process first = process(folder, "first");
            Process second = null;
            try {
                await().atMost(PATIENCE).until(() -> {
                    assertThat(first.isAlive()).as(log(folder, "first")).isTrue();
                    return run.position("held-at") != null;
                });
                String epoch = run.position("epoch");
                second = process(folder, "second");
                await().atMost(PATIENCE).until(() -> log(folder, "second").contains("standby"));
                run.cache(1, 2);
                long cpu = cpuMillis(second);

                first.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                long killed = System.nanoTime();
                run.execute("INSERT INTO take_over VALUES (1, 'x')");
                run.awaitGone(1);

                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
                run.awaitPublished();
                LOG.info(
                        "evicted {} ms after the kill, published after {} ms and {} ms of the standby's CPU",
                        millis,
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed),
                        cpuMillis(second) - cpu);
                assertThat(run.redis().exists(run.key(2))).isEqualTo(1);
                assertThat(run.position("epoch")).as("no purge").isEqualTo(epoch);
            } finally {
                first.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (second != null) {
                    second.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                }
            }
        }
    }

    /** Otherwise the two would alternate and evict by different rules. */
    @Test
    void aStandbyWithAnotherMappingIsRefused(@TempDir Path folder) throws Exception {
        try (var run = new RunFixture(database, redis, "take_mapping")) {
            run.execute("ALTER TABLE take_mapping REPLICA IDENTITY FULL");
            Process first = process(folder, "first", "take_mapping", "take-mapping", "{id}");
            try {
                await().atMost(PATIENCE).until(() -> {
                    assertThat(first.isAlive()).as(log(folder, "first")).isTrue();
                    return run.position("held-at") != null;
                });
                run.cache(1);
                String epoch = run.position("epoch");

                Process second = process(folder, "second", "take_mapping", "take-mapping", "{name}");
                assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(second.exitValue()).as(log(folder, "second")).isEqualTo(5);
                assertThat(log(folder, "second")).contains("refused: the mapping differs", "--take-over");
                assertThat(run.redis().exists(run.key(1))).isEqualTo(1);
                assertThat(first.isAlive()).isTrue();
                assertThat(run.position("epoch")).as("no purge").isEqualTo(epoch);
            } finally {
                first.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            }
        }
    }

    private static long cpuMillis(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    private Process process(Path folder, String name) throws IOException {
        return process(folder, name, "take_over", "take-over", "{id}");
    }

    private Process process(Path folder, String name, String slot, String namespace, String path, String... more)
            throws IOException {
        Path mapping = Files.writeString(
                folder.resolve(name + ".yaml"), """
                freshet: 1
                namespace: %s
                entities:
                  item:
                    table: public.%s
                    id: id
                    keys: [ "%s:item:%s" ]
                """.formatted(namespace, slot, slot.replace('_', '-'), path));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(
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
                "--slot=" + slot,
                "--publication=" + slot,
                "--heartbeat=200ms",
                "--admin-port=0"));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name).toFile());
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().put("FRESHET_JDBC_PASSWORD", database.password());
        return builder.start();
    }

    private static String log(Path folder, String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
