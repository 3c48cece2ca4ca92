// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How far the primary's WAL has been written. */
public final class WalPosition {
    private WalPosition() {}

    /** At or past every commit that any query answered so far has seen. */
    public static Lsn read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
            row.next();
            return new Lsn(row.getLong(1));
        }
    }
}
