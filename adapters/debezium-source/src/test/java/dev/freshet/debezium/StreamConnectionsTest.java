// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.junit.WithPostgres;
import io.debezium.jdbc.JdbcConfiguration;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@WithPostgres
class StreamConnectionsTest {
    private final PostgresServer server;

    StreamConnectionsTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void theDatabaseMayHaveAnyName() throws SQLException {
        try (var database = server.createDatabase("a+b 50%?/ü")) {
            var config = JdbcConfiguration.create()
                    .withHostname(server.host())
                    .withPort(server.port())
                    .withDatabase(database.name())
                    .withUser(database.user())
                    .withPassword(database.password())
                    .build();
            try (var connection = new StreamConnections().connect(config)) {
                assertThat(connection.getCatalog()).isEqualTo(database.name());
            }
        }
    }
}
