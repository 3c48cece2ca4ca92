// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.visibility;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.conformance.PostgresTransaction;
import dev.freshet.conformance.SnapshotSourceConformance;
import dev.freshet.conformance.SourceTransaction;
import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.pipeline.PositionLostException;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.PublicationIdentity;
import dev.freshet.postgres.setup.TableVersions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithPostgres
class JdbcSnapshotSourceTest extends SnapshotSourceConformance {
    private static final CaptureScope NAMES = new CaptureScope("seen", "seen", tables("item", "other"), Map.of());

    private final TestDatabase database;
    private JdbcSnapshotSource source;

    JdbcSnapshotSourceTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() throws SQLException {
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text)",
                "CREATE TABLE other (id int PRIMARY KEY)",
                "CREATE PUBLICATION seen FOR TABLE item, other");
        Connection connection = database.connect();
        source = new JdbcSnapshotSource(connection, NAMES, state(connection));
    }

    private static List<TableName> tables(String... names) {
        return Stream.of(names).map(name -> new TableName("public", name)).toList();
    }

    private static String state(Connection connection) throws SQLException {
        return TableVersions.read(connection, NAMES.tables())
                .state(PublicationIdentity.read(connection, NAMES))
                .toString();
    }

    @AfterEach
    void drop() throws SQLException {
        source.close();
        database.execute("DROP PUBLICATION seen", "DROP TABLE item, other");
    }

    @Test
    void aChangeOfThePublicationIsNotConfirmedEvenIfItWasChangedBack() {
        source.confirmComplete();
        database.execute("ALTER PUBLICATION seen DROP TABLE item", "ALTER PUBLICATION seen ADD TABLE item");

        source.current();
        assertThatThrownBy(source::confirmComplete).isInstanceOf(PositionLostException.class);
    }

    /** Each of them changes a column or replaces a file, but no table had both. */
    @Test
    void whatLeavesTheValuesIsConfirmed() {
        for (String statement : List.of(
                "ALTER TABLE item ADD COLUMN size int DEFAULT 7",
                "TRUNCATE other",
                "ALTER TABLE item ALTER COLUMN name SET NOT NULL",
                "VACUUM FULL other",
                "ALTER TABLE other ADD COLUMN name text")) {
            database.execute(statement);
            source.confirmComplete();
        }
    }

    @Test
    void rewrittenValuesAreNotConfirmed() {
        database.execute("VACUUM FULL item");
        source.confirmComplete();
        database.execute("ALTER TABLE item ALTER COLUMN name TYPE text USING upper(name)");
        assertNotConfirmed("public.item");
        assertNotConfirmed("public.item");
    }

    /** Its commit may stand in the WAL before that of a transaction that is visible. */
    @Test
    void whatIsRewrittenAndNotVisibleYetIsNotConfirmed() throws SQLException {
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("ALTER TABLE item ALTER COLUMN name TYPE varchar(40) USING upper(name)");
            assertNotConfirmed("public.item");
            other.rollback();
        }
    }

    @Test
    void whatWasRewrittenBeforeTheFirstLookIsNotConfirmed() throws SQLException {
        try (Connection connection = database.connect()) {
            String before = state(connection);
            database.execute("ALTER TABLE item ALTER COLUMN name TYPE text USING upper(name)");
            try (var late = new JdbcSnapshotSource(database.connect(), NAMES, before)) {
                assertThatThrownBy(late::confirmComplete).isInstanceOf(PositionLostException.class);
            }
        }
    }

    private void assertNotConfirmed(String table) {
        assertThatThrownBy(source::confirmComplete)
                .isInstanceOf(PositionLostException.class)
                .hasMessageContaining("the values of " + table + " were rewritten");
    }

    @Override
    protected SourceTransaction begin() throws SQLException {
        return new PostgresTransaction(database.connect());
    }

    @Override
    protected SnapshotSource source() {
        return source;
    }
}
