// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import java.sql.SQLException;

/** Debezium's task, whose stream goes through a {@link Tap}. Public because Debezium creates it by name. */
public final class TappedTask extends PostgresConnectorTask {
    @Override
    protected ReplicationConnection buildReplicationConnection(
            PostgresConnection catalog, PostgresSchema schema, PostgresConnectorConfig config) throws SQLException {
        Tap tap = Tap.named(config.getJdbcConfig().getString(Tap.PROPERTY));
        return new TappedConnection(super.buildReplicationConnection(catalog, schema, config), schema, tap);
    }
}
