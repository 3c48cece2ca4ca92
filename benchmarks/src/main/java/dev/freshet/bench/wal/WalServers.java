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
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PostgreSQL, Redis and an invalidator on this machine. */
final class WalServers implements AutoCloseable {
    /** Of a table, or of all partitions of one. */
    private static final String FULL_IDENTITY = """
            DO $$ DECLARE part regclass; BEGIN
                FOR part IN SELECT '%s'::regclass UNION SELECT relid FROM pg_partition_tree('%s') LOOP
                    EXECUTE 'ALTER TABLE ' || part || ' REPLICA IDENTITY FULL';
                END LOOP;
            END $$""";

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

    void prepare(WalSetup setup, Mapping mapping) {
        setup.statements().forEach(database::execute);
        if (!setup.generated()) {
            mapping.tables().forEach(table -> database.execute(FULL_IDENTITY.formatted(sql(table), sql(table))));
        }
        database.execute("CREATE PUBLICATION freshet FOR TABLE "
                + mapping.tables().stream().map(WalServers::sql).collect(Collectors.joining(", "))
                + " WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = true)");
    }

    private static String sql(TableName table) {
        return Database.quote(table.schema()) + "." + Database.quote(table.table());
    }

    /** Returns when it streams. */
    void startInvalidator(Path mapping, Path log) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                Jars.locate().app("invalidator").toString(),
                "run",
                "--mapping",
                mapping.toString(),
                "--heartbeat",
                "200ms",
                "--profile",
                "latency");
        Map<String, String> environment = new LinkedHashMap<>();
        System.getenv().keySet().stream()
                .filter(variable -> variable.startsWith("FRESHET_"))
                .forEach(variable -> environment.put(variable, null));
        environment.put("FRESHET_JDBC_URL", database.jdbcUrl());
        environment.put("FRESHET_JDBC_USER", database.user());
        environment.put("FRESHET_JDBC_PASSWORD", database.password());
        environment.put("FRESHET_REDIS_URL", redis.uri());
        environment.put("FRESHET_ADMIN_PORT", String.valueOf(Ports.free(0)));
        invalidator = ServiceProcess.start(
                new ChildProcess.Spec("invalidator", command, environment, log), HttpClient.newHttpClient());
        invalidator.awaitReady();
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
