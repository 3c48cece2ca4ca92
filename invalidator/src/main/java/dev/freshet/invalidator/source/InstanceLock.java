// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Lets one instance at a time work on a slot: an advisory lock of a session, so PostgreSQL frees it when the session ends,
 * however it ends.
 */
public final class InstanceLock {
    /** Sets these locks apart from the application's own: the ASCII codes of "frsh". */
    private static final int CLASS = 0x66727368;

    private InstanceLock() {}

    /** Takes the lock for as long as the connection lives, or returns false if another session has it. */
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
}
