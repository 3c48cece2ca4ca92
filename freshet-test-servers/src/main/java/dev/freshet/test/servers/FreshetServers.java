// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.servers;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.Patience;
import dev.freshet.devservices.redis.RespClient;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.PositionField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * PostgreSQL, Redis and the invalidator of one test class, for a mapping. Made by {@link FreshetTest}. Thread-safe.
 */
public final class FreshetServers implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofMillis(200);
    private static final int POLL_MILLIS = 10;

    private final TestDatabase database;
    private final RedisServer redis;
    private final EmbeddedInvalidator invalidator;
    private final CacheKeys keys;
    private FreshetCache cache;

    private FreshetServers(TestDatabase database, RedisServer redis, EmbeddedInvalidator invalidator, CacheKeys keys) {
        this.database = database;
        this.redis = redis;
        this.invalidator = invalidator;
        this.keys = keys;
    }

    static FreshetServers start(PostgresServer postgres, FreshetTest settings, String name) {
        var mapping = mapping(settings.mapping());
        var database = postgres.createDatabase(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
        RedisServer redis = null;
        EmbeddedInvalidator invalidator = null;
        try {
            prepare(database, settings);
            redis = RedisServer.start();
            invalidator = new EmbeddedInvalidator(database, redis.uri(), database.name(), HEARTBEAT, mapping);
            var servers = new FreshetServers(database, redis, invalidator, new CacheKeys(mapping.namespace()));
            servers.await("has published no position", () -> servers.published() != null);
            return servers;
        } catch (RuntimeException | Error e) {
            close(invalidator, redis, database);
            throw e;
        }
    }

    private static Mapping mapping(String file) {
        var path = Path.of(file);
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("there is no mapping file " + path.toAbsolutePath()
                    + ": expected in @FreshetTest(mapping = …) a path from the working directory of the test");
        }
        try {
            return MappingParser.parse(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void prepare(TestDatabase database, FreshetTest settings) {
        try {
            ReflectionSupport.newInstance(settings.prepare()).prepare(database);
            for (var file : settings.schema()) {
                database.execute(Files.readString(Path.of(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of @FreshetTest cannot be read", e);
        } catch (Exception e) {
            throw new IllegalStateException("the tables of @FreshetTest cannot be made: " + e.getMessage(), e);
        }
    }

    /** The database, as its superuser. Unpooled. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /** The address of Redis, for programs that are configured by text. */
    public String redisUri() {
        return redis.uri();
    }

    /** The address of the database with user and password, for programs that are configured by text. */
    public String jdbcUrl() {
        return database.jdbcUrlWithUser();
    }

    /** For a cache with settings of its own; address and namespace are set. The caller closes what it builds. */
    public FreshetCacheBuilder builder() {
        return FreshetCache.builder()
                .redis(redis.uri())
                .namespace(keys.namespace())
                .commandTimeout(Duration.ofSeconds(10));
    }

    /** A cache, always the same; closed with the servers. */
    public synchronized FreshetCache cache() {
        if (cache == null) {
            cache = builder().build();
        }
        return cache;
    }

    /**
     * Waits until the invalidator has passed all that was committed before this call: what these commits made stale is
     * evicted then.
     *
     * @return a position behind these commits
     * @throws AssertionError if that takes too long, or the invalidator has ended
     */
    public WalPosition settle() {
        var position = now();
        await("has not passed " + position, () -> {
            String published = published();
            return published != null && WalPosition.of(published).compareTo(position) >= 0;
        });
        return position;
    }

    /**
     * Waits until no entry of this key is cached.
     *
     * @throws AssertionError if that takes too long, or the invalidator has ended
     */
    public void awaitEvicted(EntryKey<?> key) {
        String name = keys.entry(
                key.isolate(), key.view().entity(), key.id(), key.view().name());
        await(
                "has not evicted " + name + ": is there a tag of what was changed in it?",
                () -> Long.valueOf(0).equals(ask("EXISTS", name)));
    }

    private WalPosition now() {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_current_wal_insert_lsn()::text")) {
            row.next();
            return WalPosition.of(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not tell its position: " + e.getMessage(), e);
        }
    }

    /** Null if there is none. */
    private String published() {
        return (String) ask("HGET", keys.position(), PositionField.LSN);
    }

    private Object ask(String... command) {
        return RespClient.ask(redis.host(), redis.port(), null, command);
    }

    private void await(String not, BooleanSupplier condition) {
        long end = System.nanoTime() + Patience.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            invalidator.requireAlive();
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the invalidator " + not + " within " + Patience.PATIENCE.toSeconds()
                        + " s; -Dfreshet.patience=SECONDS waits longer. What it says:\n" + invalidator.log());
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the invalidator", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (cache != null) {
            cache.close();
        }
        close(invalidator, redis, database);
    }

    private static void close(EmbeddedInvalidator invalidator, RedisServer redis, TestDatabase database) {
        if (invalidator != null) {
            invalidator.close();
        }
        if (redis != null) {
            redis.close();
        }
        database.close();
    }
}
