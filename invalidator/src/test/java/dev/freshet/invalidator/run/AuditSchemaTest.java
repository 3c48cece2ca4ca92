// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.audit.Violation;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Audits of tables that differ from Freshet's own. */
@WithPostgres
@WithRedis
class AuditSchemaTest {
    private final TestDatabase database;
    private final RedisServer redis;

    AuditSchemaTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    private static Tag reading(int id, String day) {
        return Tag.row("reading", List.of(Integer.toString(id), day));
    }

    /** Creates a table with partitions on two levels, one with its columns in a different order. */
    private void readings(String name) {
        database.execute(
                "CREATE TABLE @ (id int, day date, owner text, value int, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)"
                        .replace("@", name),
                "CREATE TABLE @_1 PARTITION OF @ FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')".replace("@", name),
                "CREATE TABLE @_2 (value int, gone text, owner text, day date NOT NULL, id int NOT NULL)"
                        .replace("@", name),
                "ALTER TABLE @_2 DROP COLUMN gone".replace("@", name),
                "ALTER TABLE @ ATTACH PARTITION @_2 FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')"
                        .replace("@", name),
                "CREATE TABLE @_3 PARTITION OF @ FOR VALUES FROM ('2026-03-01') TO ('2026-04-01') PARTITION BY HASH (id)"
                        .replace("@", name),
                "CREATE TABLE @_3_0 PARTITION OF @_3 FOR VALUES WITH (MODULUS 1, REMAINDER 0)".replace("@", name),
                "ALTER TABLE @_1 REPLICA IDENTITY FULL".replace("@", name),
                "ALTER TABLE @_2 REPLICA IDENTITY FULL".replace("@", name),
                "ALTER TABLE @_3_0 REPLICA IDENTITY FULL".replace("@", name),
                "INSERT INTO @ VALUES (1, '2026-01-01', 'u1'), (2, '2026-02-01', 'u1'), (3, '2026-03-01', 'u1')"
                        .replace("@", name));
    }

    private AuditFixture partitioned(String name) {
        readings(name);
        return new AuditFixture(database, redis.uri(), name, """
                          reading:
                            table: %s
                            id: [id, day]
                            isolate: owner
                        """.formatted(name));
    }

    /** Makes rows of each partition stale, and expects the audit to find exactly these. */
    private static void staleRowsOfEachPartitionAreFound(AuditFixture cached) {
        cached.awaitPublished();
        var before = cached.load();
        cached.execute(
                "UPDATE @ SET value = 1 WHERE id < 3",
                "UPDATE @ SET day = '2026-02-03' WHERE id = 3",
                "UPDATE @ SET value = value WHERE id = 1");
        cached.awaitPublished();
        var u1 = Isolate.of("u1");
        var stale = List.of(
                cached.cache(before, u1, reading(1, "2026-01-01"), "own", "{}"),
                cached.cache(before, u1, reading(2, "2026-02-01"), "own", "{}"),
                cached.cache(before, u1, reading(3, "2026-03-01"), "own", "{}"),
                cached.cache(before, u1, reading(3, "2026-02-03"), "own", "null"));
        cached.cache(cached.load(), u1, reading(2, "2026-02-01"), "other", "{}");

        cached.audit();

        assertThat(cached.violations).extracting(Violation::key).containsExactlyInAnyOrderElementsOf(stale);
        assertThat(cached.violations)
                .allSatisfy(violation -> assertThat(violation.tell()).contains("evicted the tag"));
        assertThat(cached.counts.allRight()).isEqualTo(1);
        assertThat(cached.counts.allUndecided()).isZero();
    }

    @Test
    void rowsOfPartitionsAreOnesOfTheRoot() {
        try (var cached = partitioned("audit_parts").start()) {
            staleRowsOfEachPartitionAreFound(cached);
        }
    }

    @Test
    void aPublicationThatGivesThePartitionsNamesIsMendedFirst() {
        try (var cached = partitioned("audit_leaves")) {
            cached.execute("CREATE PUBLICATION @ FOR TABLE @");
            cached.execute("COMMENT ON PUBLICATION @ IS 'Made by Freshet, which may change it.'");
            cached.start();
            assertThat(cached.text("SELECT pubviaroot FROM pg_publication WHERE pubname = 'audit_leaves'"))
                    .isEqualTo("t");
            staleRowsOfEachPartitionAreFound(cached);
        }
    }

    /** Quoted names, other types, and no owners. */
    @Test
    void aSchemaOfSomeoneElseIsAuditedByItsMapping() {
        database.execute(
                "CREATE SCHEMA \"Audit_Shop\"",
                "CREATE TABLE \"Audit_Shop\".\"Shelf\" (no bigint PRIMARY KEY, \"Place\" text)",
                "CREATE TABLE \"Audit_Shop\".book (isbn uuid PRIMARY KEY, shelf bigint, title text)",
                "ALTER TABLE \"Audit_Shop\".book REPLICA IDENTITY FULL",
                "INSERT INTO \"Audit_Shop\".\"Shelf\" VALUES (1), (2)",
                "INSERT INTO \"Audit_Shop\".book SELECT ('00000000-0000-0000-0000-00000000000' || n)::uuid, n % 2 + 1"
                        + " FROM generate_series(1, 4) n");
        try (var cached = new AuditFixture(database, redis.uri(), "audit_shop", """
                          shelf:
                            table: Audit_Shop.Shelf
                            id: no
                          book:
                            table: Audit_Shop.book
                            id: isbn
                            references: { shelf: shelf }
                            parent: shelf
                        """)) {
            cached.start();
            cached.awaitPublished();
            var before = cached.load();
            cached.execute(
                    "TRUNCATE \"Audit_Shop\".book",
                    "UPDATE \"Audit_Shop\".\"Shelf\" SET \"Place\" = 'left' WHERE no = 2");
            cached.awaitPublished();
            var shelf = Tag.row("shelf", List.of("1"));
            var books = Tag.children("shelf", List.of("1"), "book");
            var list = cached.cache(before, Isolate.SHARED, shelf, "book.50.0", "{}", books);
            var moved = cached.cache(before, Isolate.SHARED, Tag.row("shelf", List.of("2")), "own", "{}");
            cached.cache(before, Isolate.SHARED, shelf, "own", "{}");

            cached.audit();

            assertThat(cached.violations).extracting(Violation::key).containsExactlyInAnyOrder(list, moved);
            assertThat(cached.counts.allRight()).isEqualTo(1);

            // Without the history, rows that left a list are not noticed. Every update of a shelf counts, as the WAL
            // lacks the old row.
            cached.violations.clear();
            cached.audit(null, AuditFixture.PATIENCE);
            assertThat(cached.violations).extracting(Violation::key).containsExactly(moved);
        }
    }
}
