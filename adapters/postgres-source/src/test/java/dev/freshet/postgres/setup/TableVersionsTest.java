// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithPostgres
class TableVersionsTest {
    /** Generated columns get another expression from this version on. */
    private static final int EXPRESSIONS = 17;

    private final TestDatabase database;
    private final CaptureScope names = new CaptureScope(
            "versions",
            "versions_pub",
            List.of(new TableName("versions", "item"), new TableName("versions", "missing")),
            Map.of());

    TableVersionsTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() {
        database.execute(
                "CREATE SCHEMA versions",
                "CREATE TABLE versions.item (id int PRIMARY KEY, name text, size int DEFAULT 1, at timestamp,"
                        + " twice int GENERATED ALWAYS AS (id * 2) STORED)",
                "INSERT INTO versions.item (id, name, at) VALUES (1, 'a', '2026-01-01')",
                "CREATE PUBLICATION versions_pub FOR TABLE versions.item");
    }

    @AfterEach
    void drop() {
        database.execute("DROP PUBLICATION versions_pub", "DROP SCHEMA versions CASCADE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE versions.item ALTER COLUMN name TYPE text USING upper(name)",
                "ALTER TABLE versions.item ALTER COLUMN name TYPE varchar(40) USING left(name, 40)",
                "ALTER TABLE versions.item ALTER COLUMN size TYPE numeric(10,2)",
                "ALTER TABLE versions.item ALTER COLUMN at TYPE timestamp(0)",
                "SET timezone = 'Asia/Tokyo'; ALTER TABLE versions.item ALTER COLUMN at TYPE timestamptz",
                "BEGIN; ALTER TABLE versions.item ALTER COLUMN name TYPE text USING upper(name);"
                        + " ALTER TABLE versions.item ALTER COLUMN name TYPE varchar(40); COMMIT"
            })
    void aStatementThatRewritesValuesIsSeen(String statement) throws SQLException {
        assertThat(rewrittenBy(statement)).isTrue();
    }

    @Test
    void anotherExpressionOfAGeneratedColumnIsSeen() throws SQLException {
        try (Connection connection = database.connect()) {
            assumeThat(connection.getMetaData().getDatabaseMajorVersion()).isGreaterThanOrEqualTo(EXPRESSIONS);
        }
        assertThat(rewrittenBy("ALTER TABLE versions.item ALTER COLUMN twice SET EXPRESSION AS (id * 3)"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM FULL versions.item",
                "CLUSTER versions.item USING item_pkey",
                "TRUNCATE versions.item",
                "VACUUM (FREEZE, ANALYZE) versions.item",
                "ALTER TABLE versions.item ADD COLUMN more int DEFAULT 7",
                "ALTER TABLE versions.item ALTER COLUMN name SET NOT NULL",
                "ALTER TABLE versions.item ALTER COLUMN name SET DEFAULT 'b'",
                "ALTER TABLE versions.item ALTER COLUMN name SET STATISTICS 7",
                "ALTER TABLE versions.item RENAME COLUMN name TO title",
                "ALTER TABLE versions.item REPLICA IDENTITY FULL",
                "CREATE INDEX ON versions.item (name)",
                "UPDATE versions.item SET name = 'b'",
                "GRANT SELECT ON versions.item TO PUBLIC",
                "VACUUM FREEZE pg_class, pg_attribute",
                "VACUUM FULL pg_attribute"
            })
    void whatLeavesTheValuesIsNotTakenForIt(String statement) throws SQLException {
        assertThat(rewrittenBy(statement)).isFalse();
    }

    @Test
    void theQueryOfThePublicationTellsTheSameFiles() throws SQLException {
        for (int i = 0; i < 2; i++) {
            try (Connection connection = database.connect();
                    PreparedStatement query = PublicationIdentity.query(connection, names);
                    ResultSet row = query.executeQuery()) {
                row.next();
                assertThat(row.getString(2)).isEqualTo(read(connection).files());
            }
            database.execute("VACUUM FULL versions.item");
        }
    }

    /** As hashes they cannot be told from a statement that did both. */
    @Test
    void aNewColumnAndANewFileAreHarmless() throws SQLException {
        try (Connection connection = database.connect()) {
            TableVersions before = read(connection);
            database.execute("ALTER TABLE versions.item ADD COLUMN more int", "VACUUM FULL versions.item");
            assertThat(read(connection).rewrittenSince(before)).isEmpty();
            database.execute("ALTER TABLE versions.item ALTER COLUMN name TYPE text USING upper(name)");
            assertThat(read(connection).rewrittenSince(before)).contains("versions.item");
        }
    }

    private boolean rewrittenBy(String statement) throws SQLException {
        try (Connection connection = database.connect()) {
            TableVersions before = read(connection);
            database.execute(statement);
            TableVersions now = read(connection);
            boolean rewritten = now.state("p").rewrittenSince(before.state("p"));
            assertThat(now.rewrittenSince(before).isPresent()).isEqualTo(rewritten);
            return rewritten;
        }
    }

    private TableVersions read(Connection connection) throws SQLException {
        return TableVersions.read(connection, names.tables());
    }
}
