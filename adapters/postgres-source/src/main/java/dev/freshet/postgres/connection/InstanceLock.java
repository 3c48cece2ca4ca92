// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Lets one instance at a time work on a slot. It is a session-level advisory lock, so PostgreSQL releases it when the
 * session ends, however it ends.
 */
public final class InstanceLock {
    /** Distinguishes these locks from the application's: the ASCII codes of "frsh". */
    private static final int CLASS = 0x66727368;

    private InstanceLock() {}

    /** Takes the lock for as long as the connection lives. Returns false if another session has it. */
    public static boolean tryTake(Connection connection, String slot) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(?))")) {
            query.setInt(1, CLASS);
            query.setString(2, slot);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The process of PostgreSQL that has the lock; empty if none has it. */
    public static Optional<Integer> holderPid(Connection connection, String slot) throws SQLException {
        return holder(connection, slot, row -> row.getInt("pid"));
    }

    /**
     * The {@code application_name} of the session that has the lock; empty if none has it, or the name is not visible.
     */
    public static Optional<String> holder(Connection connection, String slot) throws SQLException {
        return holder(connection, slot, row -> row.getString("application_name"));
    }

    private interface Column<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> Optional<T> holder(Connection connection, String slot, Column<T> column) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT l.pid, a.application_name FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid::bigint = ?
                  AND l.objid::bigint = hashtext(?)::bigint & 4294967295
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """)) {
            query.setLong(1, CLASS);
            query.setString(2, slot);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.ofNullable(column.of(row)) : Optional.empty();
            }
        }
    }
}
