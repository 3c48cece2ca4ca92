// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.awaitility.Awaitility.await;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import dev.freshet.core.cache.Cache;
import dev.freshet.debezium.LogLevels;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.Patience;
import dev.freshet.http.purge.HttpPurgeCache;
import dev.freshet.http.purge.HttpPurgeSettings;
import dev.freshet.invalidator.run.settings.OnPromotion;
import dev.freshet.invalidator.run.settings.OnUnreadable;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Lsn;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.postgres.JdbcSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;

/** A supervisor over one table of a test database, whose rows are cached under {@code <slot>:item:<id>}. */
final class RunFixture implements AutoCloseable {
    static final Duration PATIENCE = Patience.PATIENCE;

    static {
        LogLevels.quiet();
    }

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestDatabase database;
    private final String slot;
    private final String redisUri;
    private final Evictor evictor;
    private Optional<HttpPurgeCache> http = Optional.empty();
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> redis;
    private RunSettings settings;
    private Invalidator supervisor;
    private Connection queries;

    RunFixture(TestDatabase database, RedisServer server, String slot) {
        this(database, server.uri(), slot, database.jdbcUrl(), Duration.ofSeconds(10));
    }

    /**
     * @param redisUri the URI for the evictor
     * @param jdbcUrl the URL for the supervisor
     */
    RunFixture(TestDatabase database, String redisUri, String slot, String jdbcUrl, Duration stallTimeout) {
        this(database, redisUri, slot, jdbcUrl, stallTimeout, """
                          item:
                            table: public.%s
                            id: id
                            keys: [ "%s:item:{id}" ]
                        """.formatted(slot, slot.replace('_', '-')));
        database.execute("CREATE TABLE " + slot + " (id int PRIMARY KEY, name text)");
    }

    /** @param entities of the mapping; the caller creates their tables */
    RunFixture(
            TestDatabase database,
            String redisUri,
            String slot,
            String jdbcUrl,
            Duration stallTimeout,
            String entities) {
        this(database, redisUri, slot, jdbcUrl, stallTimeout, Duration.ofMillis(200), entities);
    }

    /** @param heartbeat how often a marker is written */
    RunFixture(
            TestDatabase database,
            String redisUri,
            String slot,
            String jdbcUrl,
            Duration stallTimeout,
            Duration heartbeat,
            String entities) {
        this.database = database;
        this.slot = slot;
        this.redisUri = redisUri;
        String namespace = slot.replace('_', '-');
        Mapping mapping = parse(entities);
        evictor = new Evictor(new EvictorSettings(redisUri, new CacheKeys(namespace)), registry);
        client = RedisClient.create(redisUri);
        redis = client.connect();
        settings = new RunSettings(jdbc(jdbcUrl), mapping, slot, slot, timings(heartbeat, stallTimeout));
    }

    private Mapping parse(String entities) {
        return MappingParser.parse("test.yaml", new StringReader("""
                        freshet: 1
                        namespace: %s
                        entities:
                        """.formatted(slot.replace('_', '-')) + entities));
    }

    /** Of the supervisors that are started from now on. */
    RunFixture mapping(String entities) {
        return of(parse(entities), settings.timings());
    }

    private JdbcSettings jdbc(String url) {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        return new JdbcSettings(url, properties);
    }

    /** An application's cache in this namespace. */
    FreshetCacheBuilder reader() {
        return FreshetCache.builder()
                .redis(redisUri)
                .namespace(slot.replace('_', '-'))
                .commandTimeout(Duration.ofSeconds(30));
    }

    RunSettings settings() {
        return settings;
    }

    /** Of the supervisors that are started from now on. */
    RunFixture heartbeat(Duration interval) {
        return of(settings.mapping(), timings(interval, settings.timings().stallTimeout()));
    }

    private RunFixture of(Mapping mapping, RunTimings timings) {
        settings = new RunSettings(settings.database(), mapping, settings.slot(), settings.publication(), timings);
        return this;
    }

    private static RunTimings timings(Duration heartbeat, Duration stallTimeout) {
        return new RunTimings(Duration.ofSeconds(60), heartbeat, stallTimeout);
    }

    /** Of the supervisors that are started from now on. */
    RunFixture with(OnUnreadable choice) {
        settings = settings.with(choice);
        return this;
    }

    /** Of the supervisors that are started from now on. */
    RunFixture with(OnPromotion choice) {
        settings = settings.with(choice);
        return this;
    }

    /** Of the supervisors that are started from now on. */
    RunFixture purging(HttpPurgeSettings settingsOfHttp) {
        http.ifPresent(HttpPurgeCache::close);
        http = Optional.of(new HttpPurgeCache(evictor, settingsOfHttp, new SimpleMeterRegistry()));
        return this;
    }

    Invalidator supervisor() {
        return supervisor;
    }

    RunFixture start() {
        supervisor = another();
        supervisor.start();
        return this;
    }

    RunFixture startAndStream() {
        start();
        awaitState(State.STREAMING);
        return this;
    }

    Invalidator another() {
        return supervisor(registry);
    }

    /** A supervisor that the caller closes. */
    Invalidator supervisor(MeterRegistry meters) {
        var backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(250), new Random());
        Cache target = http.isPresent() ? http.get() : evictor;
        return Invalidator.onPostgres(settings, MappedDatabase::new, target, meters, backoff);
    }

    void awaitState(State state) {
        await().atMost(PATIENCE).until(() -> supervisor.status().state() == state);
    }

    RedisCommands<String, String> redis() {
        return redis.sync();
    }

    String key(int id) {
        return slot.replace('_', '-') + ":item:" + id;
    }

    String position(String field) {
        return redis().hget(slot.replace('_', '-') + ":~position", field);
    }

    void awaitCount(String meter, double atLeast) {
        await().atMost(PATIENCE).until(() -> count(meter) >= atLeast);
    }

    /** Waits until everything committed so far is evicted, and the position says so. */
    void awaitPublished() {
        Lsn target = Lsn.parse(text("SELECT pg_current_wal_insert_lsn()"));
        await().atMost(PATIENCE).until(() -> {
            String lsn = position("lsn");
            return lsn != null && !Lsn.parse(lsn).isBefore(target);
        });
    }

    /** Waits until nobody reads the slot: PostgreSQL notices late that a client has gone. */
    void awaitSlotFree() {
        await().atMost(PATIENCE)
                .until(() ->
                        query("SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '" + slot + "'")
                                == 0);
    }

    synchronized String text(String sql) {
        try (Statement statement = queries().createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** One connection for all queries, and another after the server has ended it. */
    private Connection queries() throws SQLException {
        if (queries == null || !queries.isValid((int) PATIENCE.toSeconds())) {
            queries = database.connect();
        }
        return queries;
    }

    void cache(int... ids) {
        for (int id : ids) {
            redis().set(key(id), "cached");
        }
    }

    void awaitGone(int id) {
        await().atMost(PATIENCE).until(() -> redis().exists(key(id)) == 0);
    }

    void execute(String... sql) {
        database.execute(sql);
    }

    long query(String sql) {
        return Long.parseLong(text(sql));
    }

    long confirmed() {
        return query("SELECT confirmed_flush_lsn - '0/0'::pg_lsn FROM pg_replication_slots WHERE slot_name = '" + slot
                + "'");
    }

    double count(String meter) {
        return registry.get("freshet.invalidator." + meter).counters().stream()
                .mapToDouble(c -> c.count())
                .sum();
    }

    double count(String meter, String reason) {
        return registry.get("freshet.invalidator." + meter)
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Override
    public void close() {
        if (supervisor != null) {
            supervisor.close();
        }
        http.ifPresent(HttpPurgeCache::close);
        evictor.close();
        redis.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        try {
            if (queries != null) {
                queries.close();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
