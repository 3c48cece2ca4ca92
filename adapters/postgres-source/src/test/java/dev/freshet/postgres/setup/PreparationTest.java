// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import dev.freshet.postgres.connection.Sql;
import dev.freshet.postgres.slot.Slots;
import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithPostgres
class PreparationTest {
    private static final String PASSWORD = "only-for-this-test";

    private final TestDatabase database;
    private final CaptureScope names = new CaptureScope(
            "prep",
            "prep_pub",
            List.of(new TableName("public", "item"), new TableName("public", "Odd \"one")),
            Map.of(new TableName("public", "item"), Set.of("id")));

    PreparationTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void createTables() {
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY)",
                "CREATE TABLE \"Odd \"\"one\" (id int PRIMARY KEY)",
                "CREATE TABLE other (id int PRIMARY KEY)",
                "CREATE ROLE plain LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE streamer LOGIN REPLICATION PASSWORD '" + PASSWORD + "'");
    }

    @AfterEach
    void drop() {
        database.dropSlot("prep");
        database.execute(
                "DROP PUBLICATION IF EXISTS prep_pub",
                "DROP TABLE item, \"Odd \"\"one\", other CASCADE",
                "DROP OWNED BY plain, streamer",
                "DROP ROLE plain, streamer");
    }

    @Test
    void createsPublicationAndSlotAndThenFindsNothingMissing() throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(Preparation.prepare(connection, names)).isTrue();

            assertThat(SourceInspection.inspect(connection, names)).isEmpty();
            assertThat(Preparation.prepare(connection, names)).isFalse();
            SlotInfo slot = Slots.read(connection, "prep").orElseThrow();
            assertThat(slot.plugin()).isEqualTo("pgoutput");
            assertThat(slot.lost()).isFalse();
            assertThat(slot.activePid()).isZero();
        }
    }

    @Test
    void tellsARoleWithoutRightsEveryStatementAnAdministratorMustRun() throws SQLException {
        try (Connection connection = database.as("plain", PASSWORD).connect()) {
            assertThatThrownBy(() -> Preparation.prepare(connection, names))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("ALTER ROLE plain REPLICATION;")
                    .hasMessageContaining("CREATE PUBLICATION prep_pub FOR TABLE public.item, public.\"Odd \"\"one\"");
        }
    }

    @Test
    void whatItTellsIsEnough() throws SQLException {
        try (Connection connection = database.as("plain", PASSWORD).connect()) {
            List<String> told = remedies(connection);
            assertThat(told).hasSize(5);

            database.execute(told.toArray(String[]::new));

            assertThat(SourceInspection.inspect(connection, names)).isEmpty();
            assertThat(Preparation.prepare(connection, names)).isFalse();
            ServerIdentity server = JdbcServerIdentity.read(connection);
            assertThat(server.systemIdentifier()).matches("\\d+");
            assertThat(server.timeline()).isEqualTo(1);
            assertThat(server.walEnd()).isGreaterThan(Lsn.ZERO);
        }
    }

    @Test
    void roleThatMayReplicateMakesTheSlotItselfOnceThePublicationIsThere() throws SQLException {
        try (Connection connection = database.as("streamer", PASSWORD).connect()) {
            assertThatThrownBy(() -> Preparation.prepare(connection, names))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("permission denied");
            assertThat(Slots.read(connection, "prep")).isEmpty();

            database.execute(
                    Sql.createPublication(names.publication(), names.tables(), 180000),
                    "GRANT SELECT ON item TO streamer");
            assertThat(Preparation.prepare(connection, names)).isTrue();
            assertThat(Slots.read(connection, "prep")).isPresent();
        }
    }

    @Test
    void addsMissingTablesOperationsAndRows() throws SQLException {
        database.execute("CREATE PUBLICATION prep_pub FOR TABLE item WHERE (id > 0), other WITH (publish = 'insert')");
        try (Connection connection = database.connect()) {
            assertThatThrownBy(() -> Preparation.prepare(connection, names))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("it is not Freshet's")
                    .hasMessageContaining("ALTER PUBLICATION prep_pub ADD TABLE");
            database.execute(Sql.markPublication("prep_pub"));
            assertThat(SourceInspection.inspect(connection, names))
                    .extracting(Shortcoming::message)
                    .hasSize(4)
                    .anySatisfy(m -> assertThat(m).contains("does not publish [public.\"Odd \"\"one\"]"))
                    .anySatisfy(m -> assertThat(m).contains("every operation"))
                    .anySatisfy(m -> assertThat(m).contains("leaves rows of public.item out"));

            Preparation.prepare(connection, names);

            assertThat(SourceInspection.inspect(connection, names)).isEmpty();
        }
    }

    /** A slot older than the publication is made anew, but not one that somebody else uses. */
    @Test
    void aSlotThatSomebodyElseUsesIsNotMadeAnew() throws SQLException {
        try (Connection other = database.connect();
                Connection connection = database.connect()) {
            other.createStatement().execute("SELECT pg_create_logical_replication_slot('prep', 'pgoutput', true)");
            assertThatThrownBy(() -> Preparation.prepare(connection, names))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("replication slot prep is in use by process ")
                    .hasMessageContaining("--slot");
            assertThat(Slots.read(connection, "prep")).isPresent();
        }
    }

    @Test
    void tellsWhereRowLevelSecurityHidesRows() throws SQLException {
        database.execute(
                "GRANT SELECT ON item TO streamer",
                Sql.createPublication(names.publication(), names.tables(), 180000),
                Sql.createSlot("prep", 180000),
                "ALTER TABLE item ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY odd ON item USING (id % 2 = 1)");
        try (Connection connection = database.as("streamer", PASSWORD).connect()) {
            assertThat(remedies(connection)).containsExactly("ALTER ROLE streamer BYPASSRLS;");

            database.execute("CREATE POLICY everyone ON item USING (true)");
            assertThat(remedies(connection)).isEmpty();

            database.execute("CREATE POLICY less ON item AS RESTRICTIVE TO streamer USING (id = 1)");
            assertThat(remedies(connection)).containsExactly("ALTER ROLE streamer BYPASSRLS;");
        }
    }

    @Test
    void tellsOfTablesThatInheritButNotOfPartitions() throws SQLException {
        database.execute(
                "CREATE TABLE heir () INHERITS (item)",
                "CREATE TABLE \"An heir\" () INHERITS (item)",
                "DROP TABLE \"Odd \"\"one\"",
                "CREATE TABLE \"Odd \"\"one\" (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE part PARTITION OF \"Odd \"\"one\" DEFAULT");
        try (Connection connection = database.connect()) {
            assertThatThrownBy(() -> Preparation.prepare(connection, names))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining(
                            "other tables inherit from public.item: [public.An heir, public.heir], and changes");

            database.execute("DROP TABLE heir, \"An heir\"");
            Preparation.prepare(connection, names);
            assertThat(SourceInspection.inspect(connection, names)).isEmpty();
        }
    }

    @Test
    void publicationForAllTablesWillDo() throws SQLException {
        database.execute("CREATE PUBLICATION prep_pub FOR ALL TABLES");
        try (Connection connection = database.connect()) {
            assertThat(SourceInspection.inspect(connection, names))
                    .extracting(Shortcoming::message)
                    .containsExactly("replication slot prep does not exist");
        }
    }

    @Test
    void generatedColumnsArePublishedSoThatUpdatesAreNotRefused() throws SQLException {
        database.execute(
                "ALTER TABLE item ADD twice int GENERATED ALWAYS AS (id * 2) STORED",
                "ALTER TABLE item REPLICA IDENTITY FULL",
                "INSERT INTO item VALUES (1)");
        try (Connection connection = database.connect()) {
            Preparation.prepare(connection, names);
            database.execute("UPDATE item SET id = 2");

            database.execute("ALTER PUBLICATION prep_pub SET (publish_generated_columns = none)");
            assertThatThrownBy(() -> database.execute("UPDATE item SET id = 3"))
                    .hasStackTraceContaining("unpublished generated columns");
            assertThat(remedies(connection))
                    .containsExactly("ALTER PUBLICATION prep_pub SET (publish_generated_columns = stored);");

            Preparation.prepare(connection, names);
            database.execute("UPDATE item SET id = 3");
            assertThat(SourceInspection.inspect(connection, names)).isEmpty();
        }
    }

    @Test
    void tellsOfVirtualColumnsThatMakeUpdatesFail() throws SQLException {
        database.execute("ALTER TABLE item ADD twice int GENERATED ALWAYS AS (id * 2) VIRTUAL");
        try (Connection connection = database.connect()) {
            Preparation.prepare(connection, names);
            assertThat(SourceInspection.inspect(connection, names)).isEmpty();

            database.execute("ALTER TABLE item REPLICA IDENTITY FULL");
            assertThat(SourceInspection.inspect(connection, names))
                    .extracting(Shortcoming::message)
                    .singleElement()
                    .asString()
                    .contains("public.item", "virtual");
        }
    }

    @Test
    void slotOlderThanItsPublicationIsMadeAnew() throws SQLException {
        database.execute("SELECT pg_create_logical_replication_slot('prep', 'pgoutput')");
        try (Connection connection = database.connect()) {
            Lsn before = Slots.read(connection, "prep").orElseThrow().confirmedLsn();
            database.execute("INSERT INTO item VALUES (1)");

            assertThat(Preparation.prepare(connection, names)).isTrue();

            assertThat(Slots.read(connection, "prep").orElseThrow().confirmedLsn())
                    .isGreaterThan(before);
            assertThat(SourceInspection.inspect(connection, names)).isEmpty();
        }
    }

    @Test
    void slotOfAnotherPluginIsLeftAlone() throws SQLException {
        database.execute(
                "SELECT pg_create_physical_replication_slot('prep')",
                Sql.createPublication(names.publication(), names.tables(), 180000));
        try (Connection connection = database.connect()) {
            assertThatThrownBy(() -> Preparation.prepare(connection, names))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("expected pgoutput");
            assertThat(Slots.read(connection, "prep").orElseThrow().plugin()).isNull();
        }
    }

    private List<String> remedies(Connection connection) throws SQLException {
        return SourceInspection.inspect(connection, names).stream()
                .flatMap(shortcoming -> shortcoming.remedy().stream())
                .collect(Collectors.toList());
    }
}
