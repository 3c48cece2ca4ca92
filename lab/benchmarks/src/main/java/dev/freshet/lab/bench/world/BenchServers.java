// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.world;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.backend.DevServicesException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** PostgreSQL and Redis on this machine. Closing ends both. Thread-safe. */
public final class BenchServers implements AutoCloseable {
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    /**
     * Commits reach the disk, as in production. Neither vacuum nor a checkpoint comes in between: each run has new
     * tables.
     */
    public BenchServers() {
        postgres = PostgresServer.start(PostgresOptions.defaults()
                .set("fsync", "on")
                .set("full_page_writes", "on")
                .set("autovacuum", "off")
                .set("checkpoint_timeout", "1h")
                .set("max_wal_size", "16GB"));
        redis = RedisServer.start();
        client = RedisClient.create(redis.uri());
        connection = client.connect();
    }

    /** A new database with a table of this many rows. Closing it drops it and its slots. */
    public ItemTable createTable(long rows) {
        return new ItemTable(postgres.createDatabase("bench"), rows);
    }

    /** A new, empty database. Closing it drops it and its slots. */
    public TestDatabase createDatabase() {
        return postgres.createDatabase("bench");
    }

    /** The same, where the first rows belong to parent 1, the next ones to parent 2, and so on. */
    public ItemTable createTable(long rows, List<Long> families) {
        return new ItemTable(postgres.createDatabase("bench"), rows, families);
    }

    /** The keys in Redis, with their usual names. */
    public ItemKeys keys() {
        return keys(KeyNames.PLAIN);
    }

    /** The keys in Redis that are named like this. */
    public ItemKeys keys(KeyNames names) {
        return new ItemKeys(connection, names);
    }

    /** Tells of each key that is deleted from now on. Only while this is open, does Redis notify. */
    public DeletedKeys deletedKeys(KeyNames names, DeletedKeys.Listener listener) {
        return new DeletedKeys(client, connection.sync(), names, listener);
    }

    /** Another client, from now on. */
    public PingClient ping() {
        return new PingClient(client);
    }

    /** A hash in Redis; empty if there is none. */
    public Map<String, String> hash(String key) {
        return connection.sync().hgetall(key);
    }

    /** For the processes that evict. */
    public String redisUri() {
        return redis.uri();
    }

    /** The servers' versions, for the report. */
    public Map<String, String> versions() {
        var versions = new LinkedHashMap<String, String>();
        versions.put("postgresql", postgresVersion());
        versions.put("redis", keys().serverVersion());
        versions.put("started", postgres.way().name().toLowerCase(Locale.ROOT));
        return versions;
    }

    private String postgresVersion() {
        try (Connection connection = postgres.maintenance().connect()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new DevServicesException("PostgreSQL did not tell its version", e);
        }
    }

    @Override
    public void close() {
        client.shutdown();
        redis.close();
        postgres.close();
    }
}
