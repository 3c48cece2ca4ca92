// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.source.SlotInfo;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.connection.Sql;
import dev.freshet.protocol.Lsn;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@WithPostgres
class SlotMoveTest {
    private static final String SLOT = "slot_move";

    private final TestDatabase database;
    private Connection connection;
    private Lsn before;

    SlotMoveTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void make() throws SQLException {
        connection = database.connect();
        database.execute(
                Sql.createSlot(SLOT, connection.getMetaData().getDatabaseMajorVersion() * 10_000),
                "CREATE TABLE slot_moved (id int)",
                "CREATE PUBLICATION slot_move FOR TABLE slot_moved",
                "INSERT INTO slot_moved VALUES (1)");
        before = confirmed();
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        database.execute(
                Sql.dropSlot(SLOT),
                "DROP PUBLICATION slot_move",
                "DROP TABLE slot_moved",
                "DROP SCHEMA IF EXISTS slot_shadow CASCADE");
    }

    @Test
    void itIsMovedToTheEndOfTheWal() throws SQLException {
        assertThat(SlotMove.toTheEnd(connection, SLOT).confirmedLsn()).isGreaterThan(before);
    }

    /** As with WAL that is damaged, or gone from the disk. */
    @Test
    void whatPostgresCannotGetPastEither() throws SQLException {
        database.execute(
                "CREATE SCHEMA slot_shadow",
                "CREATE FUNCTION slot_shadow.pg_replication_slot_advance(varchar, pg_lsn) RETURNS text LANGUAGE plpgsql"
                        + " AS $$ BEGIN RAISE EXCEPTION 'damaged' USING ERRCODE = 'XX001'; END $$");
        connection.createStatement().execute("SET search_path = slot_shadow, pg_catalog");

        SlotInfo moved = SlotMove.toTheEnd(connection, SLOT);

        assertThat(moved.confirmedLsn()).isGreaterThan(before);
        assertThat(moved.plugin()).isEqualTo("pgoutput");
        assertThat(moved.lost()).isFalse();
    }

    @Test
    void withoutTheRightItStaysAsItIs() throws SQLException {
        database.execute("CREATE ROLE slot_mover LOGIN PASSWORD 'only-for-this-test'");
        try (var mover = database.as("slot_mover", "only-for-this-test").connect()) {
            assertThatThrownBy(() -> SlotMove.toTheEnd(mover, SLOT))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        } finally {
            database.execute("DROP ROLE slot_mover");
        }
        assertThat(confirmed()).isEqualTo(before);
    }

    @Test
    void aSlotThatIsInUseStaysAsItIs() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        var connections = new PostgresConnections(new JdbcSettings(database.jdbcUrl(), properties));
        try (var replication = connections.openReplication("test");
                var stream = replication
                        .unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName(SLOT)
                        .withSlotOption("proto_version", 1)
                        .withSlotOption("publication_names", "slot_move")
                        .start()) {
            assertThat(stream.isClosed()).isFalse();
            assertThatThrownBy(() -> SlotMove.toTheEnd(connection, SLOT))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55006"));
        }
        assertThat(confirmed()).isEqualTo(before);
    }

    private Lsn confirmed() throws SQLException {
        return Slots.read(connection, SLOT).orElseThrow().confirmedLsn();
    }
}
