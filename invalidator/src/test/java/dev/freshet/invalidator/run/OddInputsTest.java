// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.State;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever others do to the database, the stream continues, and stale keys are evicted. */
@WithPostgres
@WithRedis
class OddInputsTest {
    private final TestDatabase database;
    private final RedisServer redis;

    OddInputsTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    /** First while it streams, then the same as a backlog at the start. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamReadsOn(boolean streaming) {
        String t = streaming ? "odd_live" : "odd_backlog";
        try (var run = new RunFixture(database, redis, t)) {
            run.execute(
                    "CREATE SCHEMA IF NOT EXISTS odd_elsewhere",
                    "CREATE TYPE odd_elsewhere.mood_" + t + " AS ENUM ('sad')",
                    "CREATE TYPE mood_" + t + " AS (a int)",
                    "CREATE TYPE empty_" + t + " AS ENUM ()",
                    "CREATE DOMAIN d1_" + t + " AS odd_elsewhere.mood_" + t,
                    "CREATE DOMAIN d2_" + t + " AS d1_" + t,
                    "CREATE DOMAIN ranges_" + t + " AS int4multirange",
                    "CREATE DOMAIN moods_" + t + " AS d2_" + t + "[]",
                    "CREATE TYPE dropped_" + t + " AS ENUM ('x')",
                    "ALTER TABLE " + t + " REPLICA IDENTITY FULL",
                    "CREATE TABLE child_" + t + " (id int PRIMARY KEY, item int REFERENCES " + t + ")");
            run.startAndStream();
            if (!streaming) {
                run.supervisor().close();
            }
            double purges = run.count("purges");
            run.cache(IntStream.rangeClosed(1, 40).toArray());
            // Messages of every kind, with our prefix and others.
            run.execute(
                    "SELECT pg_logical_emit_message(false, 'freshet', 'x')",
                    "SELECT pg_logical_emit_message(true, 'freshet', 'x 1')",
                    "SELECT pg_logical_emit_message(false, 'freshet', '')",
                    "SELECT pg_logical_emit_message(true, 'freshet', ''::bytea)",
                    "SELECT pg_logical_emit_message(true, 'freshet', '\\x00ff00fe'::bytea)",
                    "SELECT pg_logical_emit_message(false, '', 'x'), pg_logical_emit_message(true, '', 'x')",
                    "SELECT pg_logical_emit_message(true, 'FRESHET', 'x'), pg_logical_emit_message(false, 'fresh\"et', 'x')",
                    "SELECT pg_logical_emit_message(i % 2 = 0, 'freshet', repeat('x', 1000000)) FROM generate_series(1, 10) i",
                    "SELECT count(pg_logical_emit_message(i % 2 = 0, 'freshet', 'x ' || i)) FROM generate_series(1, 5000) i",
                    "INSERT INTO " + t + " VALUES (1, 'behind messages')");
            // Types by every name.
            run.execute(
                    "ALTER TABLE " + t + " ADD a d2_" + t + ", ADD b mood_" + t + ", ADD c odd_elsewhere.mood_" + t
                            + ", ADD d ranges_" + t + ", ADD e moods_" + t + ", ADD f dropped_" + t + ", ADD g empty_"
                            + t,
                    "INSERT INTO " + t + " VALUES (2, 'x', 'sad', ROW(1), 'sad', '{[1,3)}', '{sad}', 'x')",
                    "UPDATE " + t + " SET name = 'y' WHERE id = 2",
                    "ALTER TABLE " + t + " DROP f, DROP g",
                    "DROP TYPE dropped_" + t + ", empty_" + t);
            // Names.
            run.execute(
                    "ALTER TABLE " + t
                            + " ADD \" \" text, ADD \"a\"\"b\" text, ADD \"a.b,c\" text, ADD \"ÄÖ漢\" text DEFAULT 'ü'",
                    "INSERT INTO " + t + " (id, \" \", \"a\"\"b\") VALUES (3, 'x', 'y')",
                    "ALTER TABLE " + t + " RENAME id TO nr",
                    "INSERT INTO " + t + " (nr) VALUES (4)",
                    "ALTER TABLE " + t + " RENAME nr TO id",
                    "ALTER TABLE " + t + " ALTER name TYPE varchar",
                    "INSERT INTO " + t + " (id) VALUES (5)",
                    "ALTER TABLE " + t + " DROP name, ADD name text DEFAULT now()::text",
                    "INSERT INTO " + t + " (id) VALUES (6)");
            // Sizes, savepoints, cascades.
            run.execute(
                    "INSERT INTO " + t + " (id, name) VALUES (7, repeat('ö', 5000000))",
                    "UPDATE " + t + " SET \" \" = 'z' WHERE id = 7",
                    "DO $$ BEGIN FOR i IN 8..30 LOOP BEGIN INSERT INTO " + t + " (id) VALUES (i);"
                            + " IF i % 2 = 0 THEN RAISE EXCEPTION 'no'; END IF;"
                            + " EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END $$",
                    "INSERT INTO child_" + t + " VALUES (1, 7)",
                    "INSERT INTO " + t + " (id) VALUES (31)");
            if (!streaming) {
                run.startAndStream();
            }
            run.awaitPublished();
            for (int id : new int[] {1, 2, 3, 5, 6, 7, 9, 29, 31}) {
                assertThat(run.redis().exists(run.key(id))).as(run.key(id)).isZero();
            }
            assertThat(run.count("unreadable")).isZero();
            assertThat(run.count("purges")).isEqualTo(purges);
            run.cache(40);
            run.execute("TRUNCATE " + t + " CASCADE");
            run.awaitGone(40);
        }
    }

    /** The id is of a domain that refuses the value, and no constraint enforces the reference. */
    @Test
    void aValueThatNoRowCanHave() {
        try (var run =
                new RunFixture(database, redis.uri(), "odd_value", database.jdbcUrl(), Duration.ofSeconds(10), """
                  item: { table: odd_value, id: id }
                  part:
                    table: odd_part
                    id: id
                    references: { item: item_id }
                    keys: [ "odd-part:{item.name}:{id}", "odd-value:item:{id}" ]
                """)) {
            run.execute(
                    "CREATE DOMAIN odd_positive AS int CHECK (VALUE > 0)",
                    "CREATE TABLE odd_value (id odd_positive PRIMARY KEY, name text)",
                    "ALTER TABLE odd_value REPLICA IDENTITY FULL",
                    "CREATE TABLE odd_part (id int PRIMARY KEY, item_id int)",
                    "ALTER TABLE odd_part REPLICA IDENTITY FULL",
                    "INSERT INTO odd_value VALUES (1, 'a')");
            run.startAndStream();
            run.cache(1, 2);
            run.redis().set("odd-part:a:1", "cached");
            run.execute("INSERT INTO odd_part VALUES (1, -9)");
            run.awaitGone(1);
            run.awaitPublished();
            assertThat(run.redis().exists("odd-part:a:1")).isZero();
            run.execute("INSERT INTO odd_part VALUES (2, 1)");
            run.awaitGone(2);
            assertThat(run.count("unreadable")).isZero();
            assertThat(run.count("purges")).isEqualTo(1);
        }
    }

    /** Each causes a purge, as changes may be missing. */
    @Test
    void tablesThatAreMadeAnewRenamedOrTakenOut() {
        try (var run = new RunFixture(database, redis, "odd_table").startAndStream()) {
            run.cache(1, 2);
            run.execute("INSERT INTO odd_table VALUES (1, 'x')");
            run.awaitGone(1);
            run.execute("BEGIN; DROP TABLE odd_table; CREATE TABLE odd_table (id int PRIMARY KEY, name text);"
                    + " INSERT INTO odd_table VALUES (2, 'x'); COMMIT");
            run.awaitGone(2);
            run.awaitState(State.STREAMING);
            run.cache(3);
            run.execute(
                    "BEGIN; CREATE TABLE odd_next (LIKE odd_table INCLUDING ALL); ALTER TABLE odd_table RENAME TO odd_former;"
                            + " ALTER TABLE odd_next RENAME TO odd_table; INSERT INTO odd_table VALUES (3, 'x'); COMMIT");
            run.awaitGone(3);
            run.awaitState(State.STREAMING);
            run.cache(4);
            run.execute("ALTER PUBLICATION odd_table DROP TABLE odd_table", "INSERT INTO odd_table VALUES (4, 'x')");
            run.awaitGone(4);
            run.awaitState(State.STREAMING);
            run.cache(5);
            run.execute("ALTER TABLE odd_table REPLICA IDENTITY NOTHING", "INSERT INTO odd_table VALUES (5, 'x')");
            run.awaitGone(5);
            assertThat(run.count("unreadable")).isZero();
        }
    }

    @Test
    void asManyColumnsAsATableCanHave() {
        try (var run = new RunFixture(database, redis, "odd_wide")) {
            run.execute(
                    "ALTER TABLE odd_wide REPLICA IDENTITY FULL",
                    IntStream.rangeClosed(1, 1598)
                            .mapToObj(i -> "ADD c" + i + " bool")
                            .collect(Collectors.joining(", ", "ALTER TABLE odd_wide ", "")));
            run.startAndStream();
            run.cache(1);
            run.execute("INSERT INTO odd_wide VALUES (1, 'x')");
            run.awaitGone(1);
            run.cache(1);
            run.execute("UPDATE odd_wide SET c1598 = true");
            run.awaitGone(1);
            assertThat(run.count("unreadable")).isZero();
        }
    }

    /** While it streams, and as a backlog. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTypeOfAnIdChanges(boolean streaming) {
        String t = streaming ? "odd_type_live" : "odd_type_backlog";
        try (var run = new RunFixture(database, redis, t).startAndStream()) {
            if (!streaming) {
                run.supervisor().close();
            }
            run.cache(1, 2, 3, 4, 5);
            run.execute(
                    "INSERT INTO " + t + " VALUES (1, 'x')",
                    "ALTER TABLE " + t + " ALTER id TYPE text",
                    "INSERT INTO " + t + " VALUES ('2', 'x')",
                    "ALTER TABLE " + t + " ALTER id TYPE numeric USING id::numeric",
                    "INSERT INTO " + t + " VALUES (3, 'x')",
                    "UPDATE " + t + " SET id = 4 WHERE id = 3",
                    "ALTER TABLE " + t + " ALTER id TYPE int",
                    "INSERT INTO " + t + " VALUES (5, 'x')");
            if (!streaming) {
                run.startAndStream();
            }
            run.awaitPublished();
            for (int id = 1; id <= 5; id++) {
                assertThat(run.redis().exists(run.key(id))).as(run.key(id)).isZero();
            }
            assertThat(run.count("unreadable")).isZero();
        }
    }

    /** The table belongs to somebody else. Its schema is dropped with everything in it while its changes wait. */
    @Test
    void aTableThatIsDroppedByCascadeWhileChangesOfItWait() {
        try (var run =
                new RunFixture(database, redis.uri(), "odd_gone", database.jdbcUrl(), Duration.ofSeconds(10), """
                  item: { table: odd_gone.item, id: id, keys: [ "odd-gone:item:{id}" ] }
                  part: { table: odd_gone.part, id: id, references: { item: item_id }, keys: [ "odd-part:{item.name}" ] }
                """)) {
            String[] make = {
                "CREATE SCHEMA odd_gone",
                "CREATE TABLE odd_gone.item (id int PRIMARY KEY, name text)",
                "ALTER TABLE odd_gone.item REPLICA IDENTITY FULL",
                "CREATE TABLE odd_gone.part (id int PRIMARY KEY, item_id int REFERENCES odd_gone.item)",
                "ALTER TABLE odd_gone.part REPLICA IDENTITY FULL"
            };
            run.execute(make);
            run.startAndStream();
            run.cache(1, 2);
            run.execute("BEGIN; INSERT INTO odd_gone.item VALUES (1, 'a');"
                    + " INSERT INTO odd_gone.part SELECT i, 1 FROM generate_series(1, 5000) i;"
                    + " DROP SCHEMA odd_gone CASCADE; COMMIT");
            run.awaitState(State.BLOCKED);
            assertThat(run.supervisor().status().reason()).contains("no table odd_gone.item");
            run.execute(make);
            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(1), run.key(2))).isZero();
            assertThat(run.count("unreadable")).isZero();
        }
    }

    /** PostgreSQL then refuses updates and deletes on the table, until it has another replica identity. */
    @Test
    void theIndexOfTheReplicaIdentityIsDropped() {
        try (var run =
                new RunFixture(database, redis.uri(), "odd_index", database.jdbcUrl(), Duration.ofSeconds(10), """
                  item: { table: odd_index, id: id, keys: [ "odd-index:item:{nr}" ] }
                """)) {
            run.execute(
                    "CREATE TABLE odd_index (id int PRIMARY KEY, nr int NOT NULL)",
                    "CREATE UNIQUE INDEX odd_index_nr ON odd_index (id, nr)",
                    "ALTER TABLE odd_index REPLICA IDENTITY USING INDEX odd_index_nr",
                    "INSERT INTO odd_index VALUES (1, 1)");
            run.startAndStream();
            run.cache(1, 2, 3);
            run.execute(
                    "UPDATE odd_index SET nr = 2", "DROP INDEX odd_index_nr", "INSERT INTO odd_index VALUES (3, 3)");
            run.awaitState(State.BLOCKED);
            assertThat(run.supervisor().status().reason())
                    .contains("replica identity of public.odd_index")
                    .contains("ALTER TABLE public.odd_index REPLICA IDENTITY FULL;");
            run.execute("ALTER TABLE odd_index REPLICA IDENTITY FULL");
            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(1), run.key(2), run.key(3))).isZero();
            assertThat(run.count("unreadable")).isZero();
        }
    }
}
