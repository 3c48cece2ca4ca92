// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@WithPostgres
class PublicationIdentityTest {
    private final TestDatabase database;
    private final SourceNames names = new SourceNames(
            "ident",
            "ident_pub",
            List.of(
                    new TableName("ident", "item"),
                    new TableName("ident", "parted"),
                    new TableName("ident", "leaf"),
                    new TableName("ident", "missing")),
            List.of());

    PublicationIdentityTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() {
        database.execute(
                "CREATE SCHEMA ident",
                "CREATE TABLE ident.item (id int PRIMARY KEY)",
                "CREATE TABLE ident.parted (id int) PARTITION BY RANGE (id)",
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
                "CREATE TABLE ident.part PARTITION OF ident.parted DEFAULT",
                "VACUUM FREEZE pg_publication, pg_publication_rel, pg_class"
            })
    void whatDoesNotChangeWhatIsPublishedOfTheTablesLeavesItTheSame(String statement) throws SQLException {
        String before = read();
        assertThat(before).matches("[0-9a-f]{32}");
        database.execute(statement);
        assertThat(read()).isEqualTo(before);
    }

    /** Commits become visible in another order than they stand in the WAL. */
    @Test
    void aChangeThatIsNotVisibleYetMakesItAnother() throws SQLException {
        String before = read();
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("ALTER PUBLICATION ident_pub DROP TABLE ident.item");
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
