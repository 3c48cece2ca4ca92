// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.postgres.PostgresVersion;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void isTheChosenPostgresReadyForLogicalDecoding() throws SQLException {
        int expected = PostgresVersion.chosen().orElse(PostgresVersion.NEWEST);
        assertThat(server.version()).isEqualTo(expected);
        assertThat(value(server.maintenance(), "SHOW server_version")).startsWith(expected + ".");
        assertThat(value(server.maintenance(), "SHOW wal_level")).isEqualTo("logical");
        assertThat(value(server.maintenance(), "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(value(server.maintenance(), "SHOW server_encoding")).isEqualTo("UTF8");
    }

    @Test
    void refusesAWrongPassword() {
        var intruder = server.maintenance().as(PostgresServer.SUPERUSER, "guess");
        assertThatThrownBy(intruder::connect).isInstanceOf(SQLException.class).hasMessageContaining("password");
    }

    @Test
    void keepsPortAndDataThroughRestartAndCrash() throws SQLException {
        try (var database = server.createDatabase("survivor")) {
            var port = server.port();
            database.execute("CREATE TABLE t(i int)", "INSERT INTO t VALUES (1)");

            server.restart();
            database.execute("INSERT INTO t VALUES (2)");
            server.kill();
            assertThat(server.isRunning()).isFalse();
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
            server.resume();

            assertThat(server.isRunning()).isTrue();
            assertThat(server.port()).isEqualTo(port);
            assertThat(value(database, "SELECT sum(i) FROM t")).isEqualTo("3");
        }
    }

    @Test
    void stopsAlthoughClientsAreConnected() throws SQLException {
        try (var connection = server.maintenance().connect()) {
            server.stop();
            assertThat(server.isRunning()).isFalse();
            server.stop();
            server.resume();
            assertThat(connection.isValid(1)).isFalse();
        }
    }

    @Test
    void copiesADatabaseFromATemplate() throws SQLException {
        try (var template = server.createDatabase("template")) {
            template.execute("CREATE TABLE t AS SELECT 7 AS i");
            try (var copy = server.createDatabase("copy", template.name())) {
                copy.execute("UPDATE t SET i = 8");
                assertThat(value(copy, "SELECT i FROM t")).isEqualTo("8");
                assertThat(value(template, "SELECT i FROM t")).isEqualTo("7");
            }
        }
    }

    @Test
    void dropsADatabaseWithItsSlotsAndConnections() throws SQLException {
        var database = server.createDatabase("doomed");
        database.execute("SELECT pg_create_logical_replication_slot('doomed', 'pgoutput')");
        try (var connection = database.connect()) {
            database.close();
            assertThat(connection.isValid(1)).isFalse();
        }
        assertThat(value(server.maintenance(), "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'doomed'"))
                .isEqualTo("0");
    }

    @Test
    void takesAnotherPortIfThePreferredOneIsTaken() {
        try (var second = PostgresServer.start(
                PostgresOptions.defaults().preferPort(server.port()).set("work_mem", "1MB"))) {
            assertThat(second.port()).isNotEqualTo(server.port());
            assertThat(value(second.maintenance(), "SHOW work_mem")).isEqualTo("1MB");
            assertThat(value(second.maintenance(), "SELECT system_identifier FROM pg_control_system()"))
                    .isNotEqualTo(value(server.maintenance(), "SELECT system_identifier FROM pg_control_system()"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void showsTheLogsEndWhenASettingIsWrong() {
        var wrong = PostgresOptions.defaults().set("work_mem", "a lot");
        assertThatThrownBy(() -> PostgresServer.start(wrong))
                .isInstanceOf(DevServicesException.class)
                .hasMessageContaining("a lot");
    }

    private static String value(TestDatabase database, String query) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
