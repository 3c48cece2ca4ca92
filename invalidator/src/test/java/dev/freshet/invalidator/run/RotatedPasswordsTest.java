// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.RotatingSecret;
import dev.freshet.support.config.postgres.JdbcSettings;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that change while the invalidator runs: it logs in with what its files hold then. */
@WithPostgres
class RotatedPasswordsTest {
    private static final String MAPPING = """
            freshet: 1
            namespace: rotated
            entities:
              item: { table: rotated, id: id, keys: [ "rotated:item:{id}" ] }
            """;

    private final TestDatabase database;
    private final RedisServer redis = RedisServer.start();

    @TempDir
    private Path folder;

    private RawRedis raw;
    private Instance instance;

    RotatedPasswordsTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void start() throws IOException {
        raw = new RawRedis(redis.uri());
        redisUser("redis one");
        database.execute(
                "CREATE TABLE rotated (id int PRIMARY KEY)",
                "CREATE ROLE rotated SUPERUSER REPLICATION LOGIN PASSWORD 'jdbc one'");
        RotatingSecret jdbc = secret("FRESHET_JDBC_PASSWORD", "jdbc one");
        RotatingSecret lettuce = secret("FRESHET_REDIS_PASSWORD", "redis one");
        var user = new Properties();
        user.setProperty("user", "rotated");
        instance = new Instance(
                        new JdbcSettings(database.jdbcUrl(), user, Optional.of(jdbc)),
                        new EvictorSettings(
                                        redis.uri().replace("redis://", "redis://rotated@"),
                                        "redis one",
                                        new CacheKeys("rotated"))
                                .rotating(() -> lettuce.now().reveal()),
                        "rotated",
                        false,
                        MAPPING)
                .streams();
        evicts();
    }

    @AfterEach
    void stop() {
        instance.close();
        raw.close();
        redis.close();
        database.dropSlot("rotated");
        database.execute("DROP PUBLICATION rotated", "DROP TABLE rotated", "DROP ROLE rotated");
    }

    @Test
    void connectionsToPostgresThatBreakAreMadeAnewWithTheNewPassword() throws IOException {
        write("FRESHET_JDBC_PASSWORD", "jdbc two");
        database.execute("ALTER ROLE rotated PASSWORD 'jdbc two'");
        evicts();
        breakPostgres();
        await().atMost(PATIENCE).until(instance::restarted);
        evicts();
    }

    /** The file may be later than the database. */
    @Test
    void aRefusedLoginToPostgresIsTriedAgainWithWhatTheFileHoldsThen() throws IOException {
        database.execute("ALTER ROLE rotated PASSWORD 'jdbc two'");
        breakPostgres();
        await().atMost(PATIENCE).until(() -> instance.supervisor.status().state() == State.BLOCKED);
        assertThat(instance.supervisor.status().reason())
                .contains("rotated", "FRESHET_JDBC_PASSWORD")
                .doesNotContain("jdbc one");
        write("FRESHET_JDBC_PASSWORD", "jdbc two");
        await().atMost(PATIENCE).until(instance::restarted);
        evicts();
    }

    @Test
    void connectionsToRedisThatBreakAreMadeAnewWithTheNewPassword() throws IOException {
        write("FRESHET_REDIS_PASSWORD", "redis two");
        redisUser("redis two");
        evicts();
        breakRedis();
        evicts();
    }

    @Test
    void aRefusedLoginToRedisIsTriedAgainWithWhatTheFileHoldsThen() throws IOException {
        redisUser("redis two");
        breakRedis();
        database.execute("INSERT INTO rotated VALUES (7)");
        await().atMost(PATIENCE).until(() -> instance.supervisor.status().state() == State.WAITING_FOR_REDIS);
        assertThat(instance.supervisor.status().reason()).doesNotContain("redis one");
        raw.redis.set("rotated:item:7", "cached");
        write("FRESHET_REDIS_PASSWORD", "redis two");
        await().atMost(PATIENCE).until(() -> raw.redis.exists("rotated:item:7") == 0);
        evicts();
    }

    /** While it is written anew a file may be gone for a moment. */
    @Test
    void aFileThatIsGoneLeavesThePasswordAsItWas() throws IOException {
        Files.delete(file("FRESHET_JDBC_PASSWORD"));
        breakPostgres();
        await().atMost(PATIENCE).until(instance::restarted);
        evicts();
    }

    private void evicts() {
        raw.redis.set("rotated:item:1", "cached");
        database.execute("INSERT INTO rotated VALUES (1)", "DELETE FROM rotated WHERE id = 1");
        await().atMost(PATIENCE).until(() -> raw.redis.exists("rotated:item:1") == 0);
    }

    private void breakPostgres() {
        database.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'rotated'");
    }

    private void breakRedis() {
        ((RedisCommands<String, String>) raw.redis).clientKill(new KillArgs().user("rotated"));
    }

    private void redisUser(String password) {
        raw.redis.aclSetuser(
                "rotated",
                AclSetuserArgs.Builder.resetpass()
                        .addPassword(password)
                        .on()
                        .allKeys()
                        .allChannels()
                        .allCommands());
    }

    private RotatingSecret secret(String name, String value) throws IOException {
        write(name, value);
        return new Environment(Map.of(name + "_FILE", file(name).toString()))
                .rotating(name)
                .orElseThrow();
    }

    private void write(String name, String value) throws IOException {
        Files.writeString(file(name), value + "\n");
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
