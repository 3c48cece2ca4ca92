// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.wal;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.Ports;
import dev.freshet.devservices.stack.Jars;
import dev.freshet.devservices.stack.ServiceLaunch;
import dev.freshet.devservices.stack.ServiceProcess;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PostgreSQL, Redis and an invalidator on this machine. */
final class WalServers implements AutoCloseable {
    private static final List<String> JAVA_FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final PostgresServer postgres;
    private final RedisServer redis;
    private final TestDatabase database;
    private ServiceProcess invalidator;

    WalServers() {
        Jars.locate().app("invalidator");
        postgres = PostgresServer.start();
        redis = RedisServer.start();
        database = postgres.createDatabase("wal");
    }

    TestDatabase database() {
        return database;
    }

    String redisUri() {
        return redis.uri();
    }

    /**
     * Sets up the database. A database of the user's own is set up as its owner would do it, by {@code check --apply}.
     *
     * @throws StackException if check reports a problem
     */
    void prepare(WalSetup setup, Mapping mapping, Path file, Path log) {
        setup.statements().forEach(database::execute);
        if (setup.generated()) {
            database.execute("CREATE PUBLICATION freshet FOR TABLE "
                    + mapping.tables().stream().map(WalServers::sql).collect(Collectors.joining(", "))
                    + " WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = true)");
        } else {
            check(file, log);
        }
    }

    private void check(Path mapping, Path log) {
        var command = command("check", "--mapping", mapping.toString(), "--apply=replica-identity");
        try (var check = ChildProcess.start(new ChildProcess.Spec("check", command, environment(), log))) {
            int code = check.onExit().join();
            if (code != 0) {
                throw new StackException("freshet invalidator check ended with " + code + ":\n" + check.logTail(40));
            }
        }
    }

    private static String sql(TableName table) {
        return MappedTables.quote(table.schema()) + "." + MappedTables.quote(table.table());
    }

    /** Starts the invalidator. Returns when it streams. */
    void startInvalidator(Path mapping, Path log) {
        var command = command("run", "--mapping", mapping.toString(), "--heartbeat", "200ms");
        Map<String, String> environment = environment();
        environment.put("FRESHET_REDIS_URL", redis.uri());
        environment.put("FRESHET_ADMIN_PORT", String.valueOf(Ports.free(0)));
        invalidator = ServiceProcess.start(
                new ChildProcess.Spec("invalidator", command, environment, log), HttpClient.newHttpClient());
        invalidator.awaitReady();
    }

    private static List<String> command(String... arguments) {
        return ServiceLaunch.command(JAVA_FLAGS, Jars.locate().app("invalidator"), List.of(arguments));
    }

    private Map<String, String> environment() {
        return ServiceLaunch.environment(database, database.user(), database.password());
    }

    String logTail() {
        return invalidator == null ? "" : invalidator.logTail(20);
    }

    @Override
    public void close() {
        if (invalidator != null) {
            invalidator.stop();
        }
        redis.close();
        postgres.close();
    }
}
