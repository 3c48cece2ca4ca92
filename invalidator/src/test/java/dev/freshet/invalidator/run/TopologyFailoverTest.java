// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.CacheView;
import dev.freshet.debezium.LogLevels;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisSentinel;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.postgres.JdbcSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A writer, readers and the invalidator while a master of Redis is replaced. A reader that asks for its own write gets
 * it, whatever Redis lost, and in the end all readers get what is in the database.
 */
@WithPostgres
class TopologyFailoverTest {
    private static final int OWNERS = 12;
    private static final int READERS = 3;
    private static final long READS_BETWEEN = 200;

    static {
        LogLevels.quiet();
    }

    private final AtomicReferenceArray<Write> last = new AtomicReferenceArray<>(OWNERS);
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();
    private final Map<CacheStatus, AtomicLong> statuses = new EnumMap<>(CacheStatus.class);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestDatabase database;

    /** A committed version of an owner's row, and a WAL position past it. */
    private record Write(long version, WalPosition position) {}

    TopologyFailoverTest(TestDatabase database) {
        this.database = database;
        for (var status : CacheStatus.values()) {
            statuses.put(status, new AtomicLong());
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        done.set(true);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void sentinelsPromoteTheReplicaWhileTheOldMasterLives() throws Exception {
        try (var redis = RedisSentinel.start()) {
            run("topology_sentinel", redis.uri(), redis::failOver);
        }
    }

    @Test
    void aMasterOfAClusterIsKilledAndItsReplicaTakesOver() throws Exception {
        try (var redis = RedisCluster.start(RedisOptions.defaults(), 1)) {
            run("topology_cluster", redis.uri(), () -> {
                var master = redis.masterOf("topology-cluster:{u0}:");
                master.kill();
                redis.failOver(master);
            });
        }
    }

    private void run(String name, String uri, Runnable failover) throws Exception {
        database.execute(
                "CREATE TABLE " + name + " (id int PRIMARY KEY, owner text, version bigint)",
                "ALTER TABLE " + name + " REPLICA IDENTITY FULL",
                "INSERT INTO " + name + " SELECT i, 'u' || i, 0 FROM generate_series(0, " + (OWNERS - 1) + ") i");
        var keys = new CacheKeys(name.replace('_', '-'));
        try (var evictor = new Evictor(new EvictorSettings(uri, keys), meters);
                var cache = FreshetCache.builder()
                        .redis(uri)
                        .namespace(keys.namespace())
                        .build();
                var supervisor = supervisor(name, keys, evictor)) {
            supervisor.start();
            await().atMost(PATIENCE).until(() -> supervisor.status().state() == State.STREAMING);
            try (Connection connection = database.connect()) {
                for (int owner = 0; owner < OWNERS; owner++) {
                    last.set(owner, write(connection, name, owner));
                }
            }
            awaitHit(cache, name);
            var work = new ArrayList<Future<?>>();
            work.add(threads.submit(() -> writeOn(name)));
            for (int i = 0; i < READERS; i++) {
                var random = new Random(i);
                work.add(threads.submit(() -> readOn(cache, name, random)));
            }
            awaitReads(work);

            failover.run();

            awaitReads(work);
            await().atMost(PATIENCE).until(() -> failovers() >= 1);
            awaitReads(work);
            done.set(true);
            for (var each : work) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            awaitPublished(evictor);
            try (Connection connection = database.connect()) {
                for (int owner = 0; owner < OWNERS; owner++) {
                    assertThat(read(cache, connection, name, owner, Consistency.eventual()))
                            .isEqualTo(last.get(owner).version());
                }
            }
            assertThat(evictor.masters().publishedHere()).isTrue();
            awaitHit(cache, name);
        }
    }

    private Invalidator supervisor(String name, CacheKeys keys, Evictor evictor) {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        var mapping = MappingParser.parse("test.yaml", new StringReader("""
                        freshet: 1
                        namespace: %s
                        tags: true
                        entities:
                          item:
                            table: public.%s
                            id: id
                            isolate: owner
                        """.formatted(keys.namespace(), name)));
        var settings = new RunSettings(
                new JdbcSettings(database.jdbcUrl(), properties),
                mapping,
                name,
                name,
                new RunTimings(Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofSeconds(30)));
        var backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), new Random());
        return Invalidator.onPostgres(settings, MappedDatabase::new, evictor, meters, backoff);
    }

    private Void writeOn(String name) throws Exception {
        try (Connection connection = database.connect()) {
            for (int i = 0; !done.get(); i++) {
                int owner = i % OWNERS;
                last.set(owner, write(connection, name, owner));
                pause();
            }
        }
        return null;
    }

    private static Write write(Connection connection, String name, int owner) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long version;
            try (ResultSet row = statement.executeQuery(
                    "UPDATE " + name + " SET version = version + 1 WHERE id = " + owner + " RETURNING version")) {
                row.next();
                version = row.getLong(1);
            }
            try (ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()")) {
                row.next();
                return new Write(version, WalPosition.of(row.getString(1)));
            }
        }
    }

    private Void readOn(FreshetCache cache, String name, Random random) throws Exception {
        try (Connection connection = database.connect()) {
            while (!done.get()) {
                int owner = random.nextInt(OWNERS);
                Write write = last.get(owner);
                long seen = read(cache, connection, name, owner, Consistency.session(write.position()));
                assertThat(seen).as("owner %d at %s", owner, write.position()).isGreaterThanOrEqualTo(write.version());
                reads.incrementAndGet();
                pause();
            }
        }
        return null;
    }

    /** Leaves processor time for Redis and the invalidator. */
    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }

    private long read(FreshetCache cache, Connection connection, String name, int owner, Consistency consistency)
            throws SQLException, InterruptedException {
        var key = CacheView.json("item", "own").key("" + owner).ownedBy("u" + owner);
        var result = cache.at(consistency).get(key, () -> load(connection, name, owner));
        statuses.get(result.status()).incrementAndGet();
        return Long.parseLong(result.value().orElseThrow());
    }

    private static Loaded<String> load(Connection connection, String name, int owner) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version FROM " + name + " WHERE id = " + owner)) {
            row.next();
            return Loaded.of(row.getString(1), List.of(new Tag("item:" + owner)));
        }
    }

    /** Waits until a session's read is answered from the cache, while nobody writes. */
    private void awaitHit(FreshetCache cache, String name) throws SQLException {
        long before = statuses.get(CacheStatus.HIT).get();
        try (Connection connection = database.connect()) {
            await().atMost(PATIENCE).until(() -> {
                read(cache, connection, name, 0, Consistency.session(last.get(0).position()));
                return statuses.get(CacheStatus.HIT).get() > before;
            });
        }
    }

    /** Waits for some more reads, and fails if one of them failed. */
    private void awaitReads(List<Future<?>> work) throws Exception {
        long target = reads.get() + READS_BETWEEN;
        await().atMost(PATIENCE)
                .until(() -> reads.get() >= target || work.stream().anyMatch(Future::isDone));
        for (var each : work) {
            if (each.isDone()) {
                each.get();
            }
        }
    }

    private double failovers() {
        return meters.get("freshet.invalidator.failovers").counter().count();
    }

    /** Waits until everything committed so far is evicted, and the position on every master says so. */
    private void awaitPublished(Evictor evictor) throws Exception {
        long target;
        try (Connection connection = database.connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
            row.next();
            target = row.getLong(1);
        }
        await().atMost(PATIENCE)
                .until(() -> evictor.masters()
                        .position()
                        .filter(position -> position.lsn().value() >= target)
                        .isPresent());
    }
}
