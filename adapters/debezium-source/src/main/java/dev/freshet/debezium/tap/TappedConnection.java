// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import java.sql.SQLException;
import java.util.Optional;

/** Debezium's connection to the slot, which opens streams that are tapped. */
@SuppressWarnings("try") // what is wrapped may throw anything when it is closed
final class TappedConnection implements ReplicationConnection {
    private final ReplicationConnection connection;
    private final PostgresSchema schema;
    private final Tap tap;

    TappedConnection(ReplicationConnection connection, PostgresSchema schema, Tap tap) {
        this.connection = connection;
        this.schema = schema;
        this.tap = tap;
    }

    @Override
    public ReplicationStream startStreaming(WalPositionLocator position) throws SQLException, InterruptedException {
        return tap.over(connection.startStreaming(position), schema);
    }

    @Override
    public ReplicationStream startStreaming(Lsn from, WalPositionLocator position)
            throws SQLException, InterruptedException {
        return tap.over(connection.startStreaming(from, position), schema);
    }

    @Override
    public Optional<SlotCreationResult> createReplicationSlot() throws SQLException {
        return connection.createReplicationSlot();
    }

    @Override
    public void initConnection() throws SQLException, InterruptedException {
        connection.initConnection();
    }

    @Override
    public boolean isConnected() throws SQLException {
        return connection.isConnected();
    }

    @Override
    public void reconnect() throws SQLException {
        connection.reconnect();
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
