// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.EmbeddedCommand;
import dev.freshet.e2e.process.Python;
import dev.freshet.e2e.process.Repository;
import dev.freshet.e2e.server.Cache;
import dev.freshet.e2e.server.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each folder of {@code examples}, as its README says: init, check, run, plain SQL, and a reader in Python that knows GET
 * and SETEX alone. The reader needs psycopg2 and redis-py, which {@code .ci/run} installs; without them it is skipped.
 */
@WithPostgres
@WithRedis
class ExamplesTest {
    private static final Duration HEARTBEAT = Duration.ofMillis(100);

    private final TestDatabase database;
    private final RedisServer redis;

    @TempDir
    private Path folder;

    ExamplesTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "forum", "saas"})
    void whatPlainSqlMakesStaleGoesAndNothingElse(String example) throws Exception {
        var python = Python.withClients();
        assumeTrue(python.isPresent(), "there is no Python with psycopg2 and redis");
        var script = Repository.file("examples/" + example + "/reader.py").toString();
        var reader = new Command(
                List.of(python.get(), script),
                Map.of(
                        "REDIS_URL", redis.uri(),
                        "DATABASE_URL", database.jdbcUrl().replace("jdbc:", ""),
                        "PGUSER", database.user(),
                        "PGPASSWORD", database.password()),
                folder);
        var compare = new Command(List.of(python.get(), script, "--compare"), reader.environment(), folder);
        var mapping = Repository.file("examples/" + example + "/mapping.yaml").toString();
        try (var cache = new Cache(redis.uri());
                var sql = new Database(database.connect())) {
            cache.redis().flushall();
            sql.execute("drop schema public cascade");
            sql.execute("create schema public");
            sql.execute("drop publication if exists freshet");
            sql.script(Repository.text("examples/" + example + "/schema.sql"));
            draftPasses(sql);
            set(sql, mapping);

            try (var invalidator = new EmbeddedInvalidator(database, redis.uri(), example, HEARTBEAT, mapping)) {
                cache.awaitPosition(example, sql.position(), invalidator::log);
                for (var change : changes(example)) {
                    reader.run().expect(0);
                    var cached = new TreeSet<>(cache.redis().keys("*"));
                    cached.removeIf(key -> key.startsWith(example + ":~"));
                    assertThat(cached).as("cached before %s", change).containsAll(change.keys());

                    sql.execute(change.sql());
                    cache.awaitPosition(example, sql.position(), invalidator::log);

                    var gone = new TreeSet<>(cached);
                    gone.removeAll(cache.existing(cached));
                    assertThat(gone).as("gone after %s", change).isEqualTo(new TreeSet<>(change.keys()));
                    var compared = compare.run();
                    assertThat(compared.output()).as("stale after %s", change).isEmpty();
                    compared.expect(0);
                }
            } finally {
                sql.execute(
                        "select pg_terminate_backend(active_pid, 5000) from pg_replication_slots where slot_name = ?"
                                + " and active_pid is not null",
                        example);
                sql.execute(
                        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?",
                        example);
            }
        }
    }

    /** What init drafts needs nothing but what check prints. */
    private void draftPasses(Database sql) throws Exception {
        var draft = folder.resolve("draft.yaml").toString();
        EmbeddedCommand.run(settings(), "invalidator", "init", "--output", draft)
                .expect(0);
        sql.script(check(draft, "--sql").expect(0).output());
        check(draft).expect(0);
    }

    private void set(Database sql, String mapping) throws Exception {
        sql.script(check(mapping, "--sql").expect(0).output().replace("-- ALTER TABLE", "ALTER TABLE"));
        check(mapping).expect(0);
    }

    private Command.Result check(String mapping, String... more) {
        return EmbeddedCommand.run(
                settings(),
                Stream.concat(Stream.of("invalidator", "check", "--mapping", mapping), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    private Map<String, String> settings() {
        return Map.of("FRESHET_JDBC_URL", database.jdbcUrlWithUser(), "FRESHET_SLOT", "examples");
    }

    /**
     * One transaction.
     *
     * @param keys that go
     */
    private record Change(String sql, List<String> keys) {
        @Override
        public String toString() {
            return sql;
        }
    }

    private static List<Change> changes(String example) {
        return Repository.text("examples/" + example + "/changes.sql")
                .lines()
                .filter(line -> !line.startsWith("--"))
                .map(line -> line.split("; --", 2))
                .map(parts -> new Change(
                        parts[0],
                        Arrays.stream(parts[1].strip().split(" "))
                                .filter(key -> !key.isEmpty())
                                .toList()))
                .collect(Collectors.toList());
    }
}
