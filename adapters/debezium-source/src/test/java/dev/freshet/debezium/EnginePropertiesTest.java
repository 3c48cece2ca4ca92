// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.debezium.event.ReplicaIdentities;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

@WithPostgres
class EnginePropertiesTest {
    private final TestDatabase database;

    EnginePropertiesTest(TestDatabase database) {
        this.database = database;
    }

    /** As a connection with the options of the stream finds them in force. */
    @Test
    void theServerNoticesWithinSecondsThatWeAreGone() throws SQLException {
        var user = new Properties();
        user.setProperty("user", database.user());
        user.setProperty("password", database.password());
        var settings = new CaptureSettings(
                new JdbcSettings(database.jdbcUrl(), user), "s", "p", Set.of(new TableName("public", "t")));
        var engine = EngineProperties.of(settings, new RecordFeed(settings, null, ReplicaIdentities.UNKNOWN));
        user.setProperty("options", engine.getProperty("driver.options"));
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), user)) {
            assertThat(setting(connection, "wal_sender_timeout")).isEqualTo("20s");
            assertThat(setting(connection, "tcp_keepalives_idle")).isEqualTo("2");
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
