// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import dev.freshet.invalidator.source.SessionSettings;
import dev.freshet.invalidator.source.StreamMark;
import io.debezium.jdbc.JdbcConfiguration;
import io.debezium.jdbc.JdbcConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.Driver;

/**
 * Opens Debezium's connections, the stream's included: with the settings that our own have, and with a catalogue in which
 * every type is read as text. Public because Debezium creates it by name.
 */
public final class StreamConnections implements JdbcConnection.ConnectionFactory {
    /** Not of the driver's, which takes no notice of it. */
    static final String SLOT = "freshet.slot";

    private static final JdbcConnection.ConnectionFactory DRIVER = JdbcConnection.patternBasedFactory(
            "jdbc:postgresql://${" + JdbcConfiguration.HOSTNAME + "}:${" + JdbcConfiguration.PORT + "}/${"
                    + JdbcConfiguration.DATABASE + "}",
            Driver.class.getName(),
            Driver.class.getClassLoader());

    @Override
    public Connection connect(JdbcConfiguration config) throws SQLException {
        Connection connection = DRIVER.connect(withNameAsInUrl(config));
        try {
            SessionSettings.pin(connection);
            if (config.getString("replication") != null) {
                StreamMark.set(connection, config.getString(SLOT));
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return TypesAsText.over(connection);
    }

    /** Debezium writes the database's name into the URL as it is. */
    private static JdbcConfiguration withNameAsInUrl(JdbcConfiguration config) {
        String name = URLEncoder.encode(config.getDatabase(), StandardCharsets.UTF_8);
        return JdbcConfiguration.copy(config).withDatabase(name).build();
    }
}
