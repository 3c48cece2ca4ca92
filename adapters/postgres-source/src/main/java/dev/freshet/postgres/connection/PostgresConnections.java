// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.postgres.NotPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** Opens the invalidator's own connections to the primary. None of them can hang for ever. */
public final class PostgresConnections {
    /**
     * Lets the server notice within seconds that our machine is gone, so that it releases what another instance waits
     * for.
     */
    private static final String KEEPALIVE = "SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1;"
            + " SET tcp_keepalives_count = 2; SET tcp_user_timeout = 4000";

    private final JdbcSettings settings;

    public PostgresConnections(JdbcSettings settings) {
        this.settings = settings;
    }

    /** A connection that speaks the replication protocol. */
    public Connection openReplication(String purpose) throws SQLException {
        JdbcSettings primary = Primary.find(settings);
        Properties properties = primary.properties();
        properties.put("replication", "database");
        properties.put("preferQueryMode", "simple");
        properties.put("assumeMinServerVersion", "14");
        Connection connection = connect(primary, properties, purpose);
        try {
            SessionSettings.pin(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /**
     * @param purpose shown as {@code application_name freshet <purpose>}
     * @param patience after which a server that does not answer a statement is considered gone
     */
    public Connection open(String purpose, Duration patience) throws SQLException {
        Connection connection = open(purpose);
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** @param purpose shows as {@code application_name freshet <purpose>} */
    public Connection open(String purpose) throws SQLException {
        JdbcSettings primary = Primary.find(settings);
        Properties properties = primary.properties();
        properties.putIfAbsent("socketTimeout", "60");
        properties.putIfAbsent("tcpKeepAlive", "true");
        Connection connection = connect(primary, properties, purpose);
        try (Statement statement = connection.createStatement()) {
            Primary.require(statement, primary);
            SessionSettings.pin(connection);
            statement.execute(KEEPALIVE);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static Connection connect(JdbcSettings primary, Properties properties, String purpose) throws SQLException {
        properties.putIfAbsent("connectTimeout", "10");
        // A server that is not PostgreSQL may wait for us while we wait for it.
        properties.putIfAbsent("loginTimeout", "30");
        properties.put("ApplicationName", "freshet " + purpose);
        try {
            return DriverManager.getConnection(primary.url(), properties);
        } catch (SQLException e) {
            throw NotPostgres.named(e, primary.servers().get(0));
        }
    }
}
