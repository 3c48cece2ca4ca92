// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.source.SetupException;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rows appear and disappear with their partition, or belong to an inheriting table. PostgreSQL does not publish that.
 */
@WithPostgres
@WithRedis
class PartitionTest {
    /** Statements that remove or add a row, with its id. Each starts from the state that the previous one left. */
    private static final List<String[]> CHANGES = List.of(
            new String[] {"1", "TRUNCATE @_1"},
            new String[] {"2", "TRUNCATE @_2_1"},
            new String[] {"3", "DROP TABLE @_3"},
            new String[] {"4", "ALTER TABLE @ DETACH PARTITION @_4"},
            new String[] {"4", "ALTER TABLE @ ATTACH PARTITION @_4 FOR VALUES IN (4)"},
            new String[] {"4", "ALTER TABLE @ DETACH PARTITION @_4 CONCURRENTLY"},
            new String[] {"5", "ALTER TABLE @_2 DETACH PARTITION @_2_5"},
            new String[] {"5", "ALTER TABLE @_2 ATTACH PARTITION @_2_5 FOR VALUES IN (5)"});

    private final TestDatabase database;
    private final RedisServer redis;

    PartitionTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    private RunFixture partitioned(String name) {
        Stream.of(
                        "CREATE TABLE @ (id int, part int, name text, PRIMARY KEY (id, part)) PARTITION BY LIST (part)",
                        "CREATE TABLE @_0 PARTITION OF @ FOR VALUES IN (0)",
                        "CREATE TABLE @_1 PARTITION OF @ FOR VALUES IN (1)",
                        "CREATE TABLE @_2 PARTITION OF @ FOR VALUES IN (2, 5) PARTITION BY LIST (part)",
                        "CREATE TABLE @_2_1 PARTITION OF @_2 FOR VALUES IN (2)",
                        "CREATE TABLE @_2_5 PARTITION OF @_2 FOR VALUES IN (5)",
                        "CREATE TABLE @_3 PARTITION OF @ FOR VALUES IN (3)",
                        "CREATE TABLE @_4 PARTITION OF @ FOR VALUES IN (4)",
                        """
                        DO $$ DECLARE leaf regclass; BEGIN
                            FOR leaf IN SELECT relid FROM pg_partition_tree('@') WHERE isleaf LOOP
                                EXECUTE 'ALTER TABLE ' || leaf || ' REPLICA IDENTITY FULL';
                            END LOOP;
                        END $$
                        """,
                        "INSERT INTO @ SELECT n, n, n FROM generate_series(1, 5) n")
                .forEach(sql -> database.execute(sql.replace("@", name)));
        return new RunFixture(database, redis.uri(), name, database.jdbcUrl(), Duration.ofSeconds(10), """
                          item:
                            table: %s
                            id: [id, part]
                            keys: [ "%s:item:{name}" ]
                        """.formatted(
                        name, name.replace('_', '-')));
    }

    @Test
    void thePositionDoesNotPassRowsThatComeAndGoWithTheirPartition() {
        try (var run =
                partitioned("part_runs").heartbeat(Duration.ofMinutes(10)).startAndStream()) {
            int purges = 1;
            for (String[] change : CHANGES) {
                int id = Integer.parseInt(change[0]);
                run.cache(id);
                run.execute(change[1].replace("@", "part_runs"));
                String lost = run.text("SELECT pg_current_wal_insert_lsn()");
                // No marker comes in between.
                run.execute("INSERT INTO part_runs VALUES (" + 100 * purges + ", 0)");

                await().atMost(RunFixture.PATIENCE).until(() -> {
                    String position = run.position("lsn");
                    boolean passed = position != null
                            && run.query("SELECT ('" + position + "'::pg_lsn >= '" + lost + "'::pg_lsn)::int") == 1;
                    assertThat(passed && run.redis().exists(run.key(id)) == 1)
                            .as("an entry from before %s at %s", change[1], position)
                            .isFalse();
                    return passed;
                });
                run.awaitState(State.STREAMING);
                // Two, where the first was noticed between the two transactions of CONCURRENTLY.
                assertThat(run.count("purges")).as(change[1]).isGreaterThan(purges);
                purges = (int) run.count("purges");
            }
            assertThat(run.count("purges", "no-position"))
                    .as("the reason is lost with the position")
                    .isZero();
        }
    }

    @Test
    void rowsAndUpkeepOfPartitionsMeanNoPurge() {
        try (var run = partitioned("part_quiet").startAndStream()) {
            run.cache(1, 2, 3);
            run.execute("UPDATE part_quiet SET name = 'x' WHERE id = 1", "VACUUM (FREEZE, ANALYZE) part_quiet");
            run.execute("CREATE INDEX ON part_quiet (name)", "DELETE FROM part_quiet_2_1");
            run.awaitGone(1);
            run.awaitGone(2);
            run.awaitPublished();
            assertThat(run.redis().exists(run.key(3))).isEqualTo(1);
            assertThat(run.count("purges")).isEqualTo(1);
        }
    }

    @Test
    void aPartitionThatIsMadeTogetherWithItsReplicaIdentityMeansOnePurgeAndNoMore() {
        try (var run = partitioned("part_new").startAndStream()) {
            run.execute("""
                    DO $$ BEGIN
                        CREATE TABLE part_new_7 PARTITION OF part_new FOR VALUES IN (7);
                        ALTER TABLE part_new_7 REPLICA IDENTITY FULL;
                        INSERT INTO part_new VALUES (7, 7, '7');
                    END $$
                    """);
            run.awaitCount("purges", 2);
            run.awaitState(State.STREAMING);
            run.awaitPublished();
            run.cache(7, 8);
            run.execute("UPDATE part_new SET name = '8' WHERE id = 7");
            run.awaitGone(7);
            run.awaitGone(8);
            run.awaitPublished();
            assertThat(run.count("purges")).isEqualTo(2);
            assertThat(run.count("restarts")).isEqualTo(1);
        }
    }

    @Test
    void aTableThatAnotherInheritsFromIsRefusedAtStart() {
        try (var run = new RunFixture(database, redis, "part_parent")) {
            run.execute("CREATE TABLE \"Part kid\" () INHERITS (part_parent)");
            run.start();
            assertThatThrownBy(() -> run.supervisor().ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SetupException.class)
                    .hasMessageContaining("public.part_parent")
                    .hasMessageContaining("public.Part kid");
        }
    }

    @Test
    void aTableThatComesToBeInheritedFromIsNoticed() {
        try (var run = new RunFixture(database, redis, "part_later").startAndStream()) {
            run.cache(7);
            run.execute(
                    "CREATE TABLE part_later_kid () INHERITS (part_later)", "INSERT INTO part_later_kid VALUES (7)");
            await().atMost(RunFixture.PATIENCE)
                    .until(() ->
                            String.valueOf(run.supervisor().status().reason()).contains("inherit"));
            assertThat(run.position("lsn")).isNull();
            run.execute("DROP TABLE part_later_kid");
            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(7))).isZero();
        }
    }
}
