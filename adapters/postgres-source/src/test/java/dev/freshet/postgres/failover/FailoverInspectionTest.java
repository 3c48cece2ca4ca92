// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.failover;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.devservices.PostgresPair;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Severity;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@WithPostgres
class FailoverInspectionTest {
    private static final int FIRST = 17;

    private final TestDatabase database;

    FailoverInspectionTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void anOlderServerOnlySaysThatAPromotionLosesTheSlot() throws SQLException {
        assumeTrue(database.server().version() < FIRST);
        assertThat(look(database.server(), List.of(database.server())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(DatabaseCode.PROMOTION_LOSES_SLOT);
                    assertThat(finding.code().severity()).isEqualTo(Severity.NOTE);
                });
    }

    @Test
    void ofASlotThatDoesNotExistNothingIsSaid() throws SQLException {
        assumeTrue(database.server().version() >= FIRST);
        assertThat(look(database.server(), List.of(database.server()))).isEmpty();
    }

    /** Everything that is found is mended as it is told, until the standby has the slot. */
    @Test
    void whatKeepsAStandbyFromHavingTheSlotIsFoundUntilItIsMended() throws SQLException {
        assumeTrue(database.server().version() >= FIRST);
        try (var pair = PostgresPair.start()) {
            var primary = pair.primary().maintenance();
            var standby = pair.standby().maintenance();
            primary.execute("SELECT pg_create_logical_replication_slot('fo', 'pgoutput')");
            List<Finding> found = look(pair);
            assertThat(found).extracting(Finding::code).containsExactly(DatabaseCode.SLOT_NOT_FAILOVER);

            setFailover(pair, found.get(0));
            assertThat(codes(look(pair.primary(), List.of(pair.primary()))))
                    .containsExactly(DatabaseCode.STANDBYS_UNKNOWN);
            assertThat(look(pair))
                    .extracting(finding -> finding.place().name())
                    .containsExactly(
                            "sync_replication_slots",
                            "hot_standby_feedback",
                            "primary_slot_name",
                            pair.standby().host() + ":" + pair.standby().port());

            primary.execute("SELECT pg_create_physical_replication_slot('standby')");
            standby.execute(look(pair).stream()
                    .map(Finding::remedy)
                    .flatMap(List::stream)
                    .filter(statement -> !statement.startsWith("--"))
                    .toArray(String[]::new));
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                // A copy is kept once the slot has moved past the place where the standby began.
                primary.execute(
                        "SELECT pg_log_standby_snapshot()",
                        "SELECT pg_replication_slot_advance('fo', pg_current_wal_lsn())");
                return codes(look(pair)).equals(List.of(DatabaseCode.STANDBYS_NOT_WAITED_FOR));
            });

            primary.execute(look(pair).get(0).remedy().toArray(String[]::new));
            await().atMost(PATIENCE).until(() -> look(pair).isEmpty());

            pair.standby().stop();
            await().atMost(PATIENCE)
                    .until(() -> codes(look(pair))
                            .equals(List.of(DatabaseCode.STANDBY_AWAY, DatabaseCode.STANDBYS_UNKNOWN)));
            assertThat(look(pair))
                    .extracting(Finding::found)
                    .anySatisfy(text -> assertThat(text).contains("'standby', which no standby uses"));
        }
    }

    /** As psql would send it. */
    private static void setFailover(PostgresPair pair, Finding finding) throws SQLException {
        String command = finding.remedy().get(0);
        assertThat(command)
                .startsWith("psql 'dbname=postgres replication=database' -c '")
                .endsWith("'");
        String sent = command.substring(command.indexOf("-c '") + "-c '".length(), command.length() - 1);
        try (Connection connection =
                        new PostgresConnections(settings(List.of(pair.primary()))).openReplication("test");
                var statement = connection.createStatement()) {
            statement.execute(sent);
        }
    }

    private static List<Code> codes(List<Finding> found) {
        return found.stream().map(Finding::code).toList();
    }

    private static List<Finding> look(PostgresPair pair) throws SQLException {
        return look(pair.primary(), Stream.of(pair.standby(), pair.primary()).toList());
    }

    private static List<Finding> look(PostgresServer primary, List<PostgresServer> servers) throws SQLException {
        try (Connection connection = primary.maintenance().connect()) {
            return FailoverInspection.inspect(connection, "fo", settings(servers));
        }
    }

    private static JdbcSettings settings(List<PostgresServer> servers) {
        var properties = new Properties();
        properties.setProperty("user", PostgresServer.SUPERUSER);
        properties.setProperty("password", servers.get(0).password());
        for (String limit : Arrays.asList("connectTimeout", "loginTimeout", "socketTimeout")) {
            properties.setProperty(limit, String.valueOf(PATIENCE.toSeconds()));
        }
        return new JdbcSettings(
                servers.stream()
                        .map(server -> server.host() + ":" + server.port())
                        .collect(Collectors.joining(",", "jdbc:postgresql://", "/postgres")),
                properties);
    }
}
