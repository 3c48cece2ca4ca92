// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.debezium.tap.Tap;
import dev.freshet.debezium.tap.TappedSockets;
import dev.freshet.debezium.text.TypesAsText;
import dev.freshet.postgres.connection.SessionSettings;
import dev.freshet.postgres.slot.StreamMark;
import io.debezium.jdbc.JdbcConfiguration;
import io.debezium.jdbc.JdbcConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens Debezium's connections, including the stream's, with the same session settings as our own connections. On them,
 * Debezium sees a catalog in which every type is derived from text. Public because Debezium creates it by name.
 */
public final class StreamConnections implements JdbcConnection.ConnectionFactory {
    /** A property of our own; the driver ignores it. */
    static final String SLOT = "freshet.slot";

    private static final JdbcConnection.ConnectionFactory DRIVER = JdbcConnection.patternBasedFactory(
            "jdbc:postgresql://${" + JdbcConfiguration.HOSTNAME + "}:${" + JdbcConfiguration.PORT + "}/${"
                    + JdbcConfiguration.DATABASE + "}",
            Driver.class.getName(),
            Driver.class.getClassLoader());

    @Override
    public Connection connect(JdbcConfiguration config) throws SQLException {
        Connection connection = DRIVER.connect(withSockets(withNameAsInUrl(config)));
        try {
            SessionSettings.pin(connection);
            if (config.getString("replication") != null) {
                StreamMark.set(connection, config.getString(SLOT));
                Tap.connected(config.getString(Tap.PROPERTY), connection);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return TypesAsText.over(connection);
    }

    /** For a stream that is tapped, unless the user has sockets of another kind. */
    private static JdbcConfiguration withSockets(JdbcConfiguration config) {
        String factory = PGProperty.SOCKET_FACTORY.getName();
        return config.getString("replication") == null
                        || config.getString(Tap.PROPERTY) == null
                        || config.getString(factory) != null
                ? config
                : JdbcConfiguration.copy(config)
                        .with(factory, TappedSockets.class.getName())
                        .build();
    }

    /** Encodes the database's name, because Debezium puts it into the URL unencoded. */
    private static JdbcConfiguration withNameAsInUrl(JdbcConfiguration config) {
        String name = URLEncoder.encode(config.getDatabase(), StandardCharsets.UTF_8);
        return JdbcConfiguration.copy(config).withDatabase(name).build();
    }
}
