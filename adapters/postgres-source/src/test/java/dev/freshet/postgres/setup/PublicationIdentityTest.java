// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@WithPostgres
class PublicationIdentityTest {
    private final TestDatabase database;
    private final CaptureScope names = new CaptureScope(
            "ident",
            "ident_pub",
            List.of(
                    new TableName("ident", "item"),
                    new TableName("ident", "parted"),
                    new TableName("ident", "leaf"),
                    new TableName("ident", "missing")),
            Map.of());

    PublicationIdentityTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() {
        database.execute(
                "CREATE SCHEMA ident",
                "CREATE TABLE ident.item (id int PRIMARY KEY)",
                "CREATE TABLE ident.parted (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE ident.part_1 PARTITION OF ident.parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE ident.part_2 PARTITION OF ident.parted FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id)",
                "CREATE TABLE ident.part_2_1 PARTITION OF ident.part_2 DEFAULT",
                "CREATE TABLE ident.part_3 (id int NOT NULL)",
                "CREATE TABLE ident.root (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE ident.leaf PARTITION OF ident.root DEFAULT",
                "CREATE SCHEMA ident_other",
                "CREATE TABLE ident_other.other (id int PRIMARY KEY)",
                "CREATE PUBLICATION ident_pub FOR TABLE ident.item, ident.parted, ident.root");
    }

    @AfterEach
    void drop() {
        database.execute(
                "DROP PUBLICATION IF EXISTS ident_pub, ident_other_pub",
                "DROP SCHEMA IF EXISTS ident CASCADE",
                "DROP SCHEMA ident_other CASCADE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER PUBLICATION ident_pub DROP TABLE ident.item   | ALTER PUBLICATION ident_pub ADD TABLE ident.item",
                "ALTER PUBLICATION ident_pub DROP TABLE ident.parted | ALTER PUBLICATION ident_pub ADD TABLE ident.parted",
                "ALTER PUBLICATION ident_pub DROP TABLE ident.root   | ALTER PUBLICATION ident_pub ADD TABLE ident.root",
                "ALTER PUBLICATION ident_pub SET (publish = insert)  | ALTER PUBLICATION ident_pub SET (publish = 'insert, update, delete, truncate')",
                "DROP PUBLICATION ident_pub | CREATE PUBLICATION ident_pub FOR TABLE ident.item, ident.parted, ident.root",
                "ALTER PUBLICATION ident_pub RENAME TO ident_other_pub | ALTER PUBLICATION ident_other_pub RENAME TO ident_pub"
            })
    void whatIsChangedAndChangedBackIsAnother(String change, String back) throws SQLException {
        String before = read();
        database.execute(change);
        String between = read();
        database.execute(back);
        assertThat(read()).isNotEqualTo(before).isNotEqualTo(between);
        assertThat(between).isNotEqualTo(before);
    }

    @Test
    void theSameHoldsForSchemasAndAllTables() throws SQLException {
        database.execute(
                "DROP PUBLICATION ident_pub", "CREATE PUBLICATION ident_pub FOR TABLES IN SCHEMA ident, ident_other");
        String ofSchemas = read();
        database.execute("ALTER PUBLICATION ident_pub DROP TABLES IN SCHEMA ident_other");
        assertThat(read()).isEqualTo(ofSchemas);
        database.execute(
                "ALTER PUBLICATION ident_pub DROP TABLES IN SCHEMA ident",
                "ALTER PUBLICATION ident_pub ADD TABLES IN SCHEMA ident");
        assertThat(read()).isNotEqualTo(ofSchemas);

        database.execute("DROP PUBLICATION ident_pub", "CREATE PUBLICATION ident_pub FOR ALL TABLES");
        String ofAll = read();
        database.execute("DROP TABLE ident.item", "CREATE TABLE ident.item (id int PRIMARY KEY)");
        assertThat(read()).isNotEqualTo(ofAll);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER PUBLICATION ident_pub ADD TABLE ident_other.other",
                "CREATE PUBLICATION ident_other_pub FOR TABLE ident.item",
                "ALTER TABLE ident.item ADD COLUMN name text",
                "TRUNCATE ident.item",
                "TRUNCATE ident.part_3",
                "VACUUM (FREEZE, ANALYZE) ident.parted",
                "CREATE INDEX ON ident.parted (id)",
                "INSERT INTO ident.parted VALUES (1), (11)",
                "VACUUM FREEZE pg_publication, pg_publication_rel, pg_class, pg_inherits"
            })
    void whatDoesNotChangeWhatIsPublishedOfTheTablesLeavesItTheSame(String statement) throws SQLException {
        String before = read();
        assertThat(before).matches("[0-9a-f]{32}");
        database.execute(statement);
        assertThat(read()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE ident.parted",
                "TRUNCATE ident.part_1",
                "TRUNCATE ident.part_2_1",
                "DROP TABLE ident.part_1",
                "DROP TABLE ident.part_2",
                "ALTER TABLE ident.parted DETACH PARTITION ident.part_1",
                "ALTER TABLE ident.parted DETACH PARTITION ident.part_1 CONCURRENTLY",
                "ALTER TABLE ident.part_2 DETACH PARTITION ident.part_2_1",
                "BEGIN; ALTER TABLE ident.part_2 DETACH PARTITION ident.part_2_1;"
                        + " ALTER TABLE ident.part_2 ATTACH PARTITION ident.part_2_1 DEFAULT; COMMIT",
                "ALTER TABLE ident.parted ATTACH PARTITION ident.part_3 DEFAULT"
            })
    void whatBringsOrTakesRowsWithAPartitionMakesItAnother(String statement) throws SQLException {
        String before = read();
        database.execute(statement);
        assertThat(read()).isNotEqualTo(before);
    }

    /** Its first transaction hides the rows; the second takes them away when nobody reads the table any more. */
    @Test
    void aPartitionThatIsStillBeingDetachedMakesItAnother() throws Exception {
        // PostgreSQL adds it otherwise, which shows in pg_class.
        database.execute("ALTER TABLE ident.part_1 ADD CHECK (id IS NOT NULL AND id >= 0 AND id < 10)");
        String before = read();
        try (Connection reader = database.connect()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT FROM ident.parted");
            var detached = CompletableFuture.runAsync(
                    () -> database.execute("ALTER TABLE ident.parted DETACH PARTITION ident.part_1 CONCURRENTLY"));
            await().atMost(PATIENCE).until(() -> !read().equals(before));
            String between = read();
            assertThat(detached).isNotDone();
            reader.rollback();
            detached.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(read()).isNotEqualTo(before).isNotEqualTo(between);
        }
    }

    /** Positions of older versions go on. */
    @Test
    void whereNothingIsPartitionedItIsMadeOfThePublicationAlone() throws SQLException {
        database.execute("ALTER PUBLICATION ident_pub SET TABLE ident.item, ident.root");
        try (Connection connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery("""
                        SELECT left(encode(sha256(convert_to((p.oid, p.xmin, p.xmax, r.prrelid, r.oid, r.xmin, r.xmax,
                            NULL::oid, NULL::xid, NULL::xid)::text, 'UTF8')), 'hex'), 32)
                        FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
                        WHERE p.pubname = 'ident_pub' AND r.prrelid = 'ident.item'::regclass
                        """)) {
            row.next();
            var item = new CaptureScope("ident", "ident_pub", List.of(new TableName("ident", "item")), Map.of());
            assertThat(PublicationIdentity.read(connection, item)).isEqualTo(row.getString(1));
        }
    }

    /** Commits become visible in another order than they stand in the WAL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER PUBLICATION ident_pub DROP TABLE ident.item",
                "TRUNCATE ident.part_2_1",
                "DROP TABLE ident.part_1",
                "ALTER TABLE ident.parted DETACH PARTITION ident.part_1"
            })
    void aChangeThatIsNotVisibleYetMakesItAnother(String statement) throws SQLException {
        String before = read();
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute(statement);
            assertThat(read()).isNotEqualTo(before);
            other.rollback();
        }
    }

    @Test
    void aPublicationThatIsNotThereHasNone() throws SQLException {
        database.execute("DROP PUBLICATION ident_pub");
        assertThat(read()).isEqualTo("none");
    }

    private String read() throws SQLException {
        try (Connection connection = database.connect()) {
            return PublicationIdentity.read(connection, names);
        }
    }
}
