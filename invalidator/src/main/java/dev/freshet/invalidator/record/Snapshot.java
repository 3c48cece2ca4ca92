// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.record;

import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.debezium.json.Envelope;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes every row of some tables, as of the exact position from which a new slot delivers changes. */
final class Snapshot {
    private static final int FETCH = 1_000;

    private final PostgresConnections connections;
    private final String slot;

    Snapshot(PostgresConnections connections, String slot) {
        this.connections = connections;
        this.slot = slot;
    }

    /** Creates the slot, which must not exist yet, and writes the rows. */
    void write(List<TableName> tables, EventFile file) throws SQLException, IOException {
        // The exported snapshot lives as long as the connection that created the slot stays idle.
        try (Connection replication = connections.openReplication("record");
                Statement statement = replication.createStatement();
                ResultSet made = statement.executeQuery(
                        "CREATE_REPLICATION_SLOT \"" + slot + "\" LOGICAL pgoutput EXPORT_SNAPSHOT")) {
            made.next();
            String snapshot = made.getString("snapshot_name");
            Lsn lsn = Lsn.parse(made.getString("consistent_point"));
            try (Connection reader = connections.open("record")) {
                reader.setAutoCommit(false);
                reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                reader.setReadOnly(true);
                try (Statement start = reader.createStatement()) {
                    start.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
                }
                for (TableName table : tables) {
                    rows(reader, table, lsn, file);
                }
                reader.rollback();
            }
        }
        file.flush();
    }

    private static void rows(Connection reader, TableName table, Lsn lsn, EventFile file)
            throws SQLException, IOException {
        String name = quote(table.schema()) + "." + quote(table.table());
        List<String> columns = columns(reader, name);
        List<String> texts =
                columns.stream().map(column -> quote(column) + "::text").toList();
        Header header = Header.of(columns);
        Instant now = Instant.now();
        try (Statement statement = reader.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery("SELECT " + String.join(", ", texts) + " FROM " + name)) {
                while (rows.next()) {
                    String[] values = new String[columns.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = rows.getString(i + 1);
                    }
                    file.write(Envelope.read(table, Row.of(header, values), lsn, now));
                }
            }
        }
    }

    private static List<String> columns(Connection reader, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = reader.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                columns.add(none.getMetaData().getColumnName(i));
            }
        }
        return columns;
    }

    private static String quote(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }
}
