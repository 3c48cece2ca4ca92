// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.audit.AuditCounts;
import dev.freshet.audit.AuditListener;
import dev.freshet.audit.AuditSettings;
import dev.freshet.audit.Auditor;
import dev.freshet.audit.Violation;
import dev.freshet.audit.entry.CachedEntries;
import dev.freshet.audit.history.HistorySource;
import dev.freshet.audit.jdbc.JdbcRowVersions;
import dev.freshet.audit.redis.RedisEntries;
import dev.freshet.audit.rows.RowVersions;
import dev.freshet.core.plan.TagCoverage;
import dev.freshet.debezium.LogLevels;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.junit.Patience;
import dev.freshet.invalidator.run.audit.RunHistory;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.invalidator.run.status.Progress;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.postgres.JdbcSettings;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * Rows cached under their tags, and an invalidator that can be stopped. The rows are owners with parts, and notes
 * without an owner.
 */
final class AuditFixture implements AutoCloseable {
    static final Duration PATIENCE = Patience.PATIENCE;
    static final Isolate ANN = Isolate.of("ann/1 {ü}");
    static final String SECRET = "Geheimnis";

    static {
        LogLevels.quiet();
    }

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final AuditCounts counts = new AuditCounts();
    final List<Violation> violations = new ArrayList<>();
    private final TestDatabase database;
    private final CacheKeys keys;
    private final EvictorSettings redisSettings;
    private final Evictor evictor;
    private final String redisUri;
    private RawRedis raw;
    private final RunSettings settings;
    private EvictorSettings auditorsRedis;
    private String auditorsDatabase;
    private Invalidator supervisor;

    /** What a loader reports about its transaction. */
    record Load(String at, String snapshot) {}

    AuditFixture(TestDatabase database, String redisUri, String name) {
        this(database, redisUri, name, """
                          owner:
                            table: %1$s_owner
                            id: id
                            isolate: id
                            inherited: [settings]
                          part:
                            table: %1$s_part
                            id: [kind, number]
                            isolate: owner
                            references: { owner: owner }
                            parent: owner
                            listed: [name]
                          note:
                            table: %1$s_note
                            id: id
                        """.formatted(name));
        database.execute(
                "CREATE TABLE %s_owner (id text PRIMARY KEY, settings text, name text)".formatted(name),
                "CREATE TABLE %s_part (kind text, number int, owner text, name text, text text, PRIMARY KEY (kind, number))"
                        .formatted(name),
                "CREATE TABLE %s_note (id text PRIMARY KEY, text text)".formatted(name),
                "ALTER TABLE %s_owner REPLICA IDENTITY FULL".formatted(name),
                "ALTER TABLE %s_part REPLICA IDENTITY FULL".formatted(name),
                "INSERT INTO %s_owner VALUES ('ann/1 {ü}', '%s', '%s')".formatted(name, SECRET, SECRET),
                "INSERT INTO %s_part VALUES ('a:b,c', 7, 'ann/1 {ü}', '%s', '%s')".formatted(name, SECRET, SECRET),
                "INSERT INTO %s_part VALUES ('a:b,c', 8, 'ann/1 {ü}', '%s', '%s')".formatted(name, SECRET, SECRET),
                "INSERT INTO %s_note VALUES ('n 1/%%', '%s')".formatted(name, SECRET));
    }

    /** @param entities of the mapping; the caller creates their tables */
    AuditFixture(TestDatabase database, String redisUri, String name, String entities) {
        this.database = database;
        this.redisUri = redisUri;
        String namespace = name.replace('_', '-');
        this.keys = new CacheKeys(namespace);
        Mapping mapping = MappingParser.parse("audit.yaml", new StringReader("""
                        freshet: 1
                        namespace: %s
                        tags: true
                        entities:
                        """.formatted(namespace) + entities));
        redisSettings = new EvictorSettings(redisUri, keys);
        auditorsRedis = redisSettings;
        evictor = new Evictor(redisSettings, registry);
        raw = new RawRedis(redisUri);
        settings = new RunSettings(
                jdbc(),
                mapping,
                name,
                name,
                new RunTimings(Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofSeconds(10)));
    }

    private JdbcSettings jdbc() {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        return new JdbcSettings(database.jdbcUrl(), properties);
    }

    AuditFixture start() {
        supervisor = Invalidator.onPostgres(settings, MappedDatabase::new, evictor, registry);
        supervisor.start();
        await().atMost(PATIENCE).until(() -> supervisor.status().state() == State.STREAMING);
        return this;
    }

    AuditFixture stop() {
        supervisor.close();
        return this;
    }

    Invalidator supervisor() {
        return supervisor;
    }

    EvictorSettings redisSettings() {
        return redisSettings;
    }

    RedisClusterCommands<String, String> redis() {
        return raw.redis;
    }

    /** Reconnects to the present master. */
    void reconnect() {
        raw.close();
        raw = new RawRedis(redisUri);
    }

    /** Replaces every {@code @} by the name of the fixture. */
    void execute(String... statements) {
        for (String sql : statements) {
            database.execute(sql.replace("@", settings.slot()));
        }
    }

    Load load() {
        return new Load(text("SELECT pg_current_wal_insert_lsn()"), text("SELECT pg_current_snapshot()"));
    }

    String text(String sql) {
        try (var connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static Tag part(int number) {
        return Tag.row("part", List.of("a:b,c", Integer.toString(number)));
    }

    static Tag owner() {
        return Tag.row("owner", List.of(ANN.value()));
    }

    static Tag note() {
        return Tag.row("note", List.of("n 1/%"));
    }

    /** Stores what a reader that loaded at that time would store, regardless of evictions since. Returns the key. */
    String cache(Load load, Isolate isolate, Tag row, String view, String value, Tag... tags) {
        String key = keys.prefix(isolate) + row.name() + ":" + view;
        var names = new ArrayList<String>();
        for (Tag tag : tags.length == 0 ? new Tag[] {row} : tags) {
            names.add('"' + tag.name() + '"');
            redis().sadd(keys.tagSet(isolate, tag), key);
        }
        redis().set(
                        key,
                        "{\"tags\":[" + String.join(",", names) + "],\"at\":\"" + load.at() + "\",\"snapshot\":\""
                                + load.snapshot() + "\",\"value\":" + value + "}",
                        SetArgs.Builder.px(300_000));
        return key;
    }

    /** Waits until everything committed so far is evicted, and the position says so. */
    void awaitPublished() {
        Lsn target = Lsn.parse(text("SELECT pg_current_wal_insert_lsn()"));
        await().atMost(PATIENCE).until(() -> {
            Progress.Point reached = supervisor.progress().last();
            return reached != null && !reached.lsn().isBefore(target);
        });
        if (!redisUri.startsWith("redis-cluster://")) {
            // On this master: right after a failover it may have been the former one.
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                String here = raw.redis.hget(keys.position(), "lsn");
                return here != null && !Lsn.parse(here).isBefore(target);
            });
        }
    }

    /** Lets later audits connect to PostgreSQL at this address. */
    void auditDatabaseAt(String address) {
        auditorsDatabase = address;
    }

    /** Lets later audits connect to Redis through the proxy. */
    void auditThrough(FaultProxy proxy) {
        auditorsRedis = new EvictorSettings("redis://" + proxy.address(), keys);
    }

    /** Audits one round over everything, with the history of the invalidator. */
    AuditFixture audit() {
        return audit(new RunHistory(supervisor.recent(), supervisor.progress()), PATIENCE);
    }

    AuditFixture audit(HistorySource history, Duration patience) {
        return audit(database, history, patience);
    }

    /** @param as the database, with the role to connect as */
    AuditFixture audit(TestDatabase as, HistorySource history, Duration patience) {
        return audit(as, history, patience, cache -> cache);
    }

    /** @param through wraps the audit's access to the cache */
    AuditFixture audit(
            TestDatabase as, HistorySource history, Duration patience, UnaryOperator<CachedEntries> through) {
        try (var entries = new RedisEntries(auditorsRedis);
                var rows = new JdbcRowVersions(connect(as), settings.mapping())) {
            var listener = new AuditListener() {
                @Override
                public void found(Violation violation) {
                    violations.add(violation);
                }

                @Override
                public void progress(AuditCounts soFar) {
                    // Not needed.
                }
            };
            new Auditor(
                            settings.mapping(),
                            TagCoverage.of(settings.mapping()),
                            through.apply(entries),
                            rows,
                            history,
                            new AuditSettings(0, 100_000, patience),
                            counts,
                            listener)
                    .round();
            return this;
        } catch (SQLException | RowVersions.UnavailableException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            assertThat(counts.allRight() + counts.allViolations() + counts.allFalseAlarms() + counts.allUndecided())
                    .isEqualTo(counts.allChecked());
        }
    }

    private Connection connect(TestDatabase as) throws SQLException {
        return auditorsDatabase == null
                ? as.connect()
                : DriverManager.getConnection(
                        "jdbc:postgresql://" + auditorsDatabase + "/" + as.name(), as.user(), as.password());
    }

    @Override
    public void close() {
        if (supervisor != null) {
            supervisor.close();
        }
        evictor.close();
        raw.close();
    }
}
