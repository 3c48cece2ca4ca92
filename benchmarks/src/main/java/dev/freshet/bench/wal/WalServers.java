// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.wal;

import dev.freshet.devservices.ChildProcess;
import dev.freshet.devservices.Ports;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.quickstart.stack.Jars;
import dev.freshet.quickstart.stack.ServiceProcess;
import dev.freshet.quickstart.stack.StackException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PostgreSQL, Redis and an invalidator on this machine. */
final class WalServers implements AutoCloseable {
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
        return Database.quote(table.schema()) + "." + Database.quote(table.table());
    }

    /** Starts the invalidator. Returns when it streams. */
    void startInvalidator(Path mapping, Path log) {
        var command = command("run", "--mapping", mapping.toString(), "--heartbeat", "200ms", "--profile", "latency");
        Map<String, String> environment = environment();
        environment.put("FRESHET_REDIS_URL", redis.uri());
        environment.put("FRESHET_ADMIN_PORT", String.valueOf(Ports.free(0)));
        invalidator = ServiceProcess.start(
                new ChildProcess.Spec("invalidator", command, environment, log), HttpClient.newHttpClient());
        invalidator.awaitReady();
    }

    private static List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                Jars.locate().app("invalidator").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        System.getenv().keySet().stream()
                .filter(variable -> variable.startsWith("FRESHET_"))
                .forEach(variable -> environment.put(variable, null));
        environment.put("FRESHET_JDBC_URL", database.jdbcUrl());
        environment.put("FRESHET_JDBC_USER", database.user());
        environment.put("FRESHET_JDBC_PASSWORD", database.password());
        return environment;
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
