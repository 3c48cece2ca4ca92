// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.slot;

import dev.freshet.core.source.SlotInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Distinguishes a stream of Freshet from any other consumer of the slot. Its session holds a shared advisory lock, of a
 * class that nobody else uses, for as long as it lives. The role, the slot and the {@code application_name} prove
 * nothing: any program may have the same.
 */
public final class StreamMark {
    /** The ASCII codes of "frss". */
    private static final int CLASS = 0x66727373;

    private static final String MARKED = """
            EXISTS (SELECT FROM pg_locks l
                    WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
                      AND l.classid::bigint = ? AND l.objid::bigint = hashtext(?)::bigint & 4294967295)
            """;

    private StreamMark() {}

    /** Marks the session. Call it before the session streams from the slot. */
    public static void set(Connection stream, String slot) throws SQLException {
        // The replication protocol has no parameters. A valid slot name needs no quoting.
        if (!slot.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException("'" + slot + "' is not the name of a slot");
        }
        try (var statement = stream.createStatement()) {
            statement.execute("SELECT pg_try_advisory_lock_shared(" + CLASS + ", hashtext('" + slot + "'))");
        }
    }

    /**
     * Ends the process that streams from the slot, if it is marked and belongs to our role. The caller must hold the
     * {@link dev.freshet.postgres.connection.InstanceLock}: then a marked stream can only be left from an earlier run.
     *
     * @return false if it belongs to another program, or is gone
     */
    static boolean end(Connection connection, SlotInfo slot) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
                JOIN pg_replication_slots s ON s.active_pid = a.pid AND s.slot_name = ?
                WHERE a.pid = ? AND a.backend_type = 'walsender' AND a.usename = current_user AND
                """ + MARKED)) {
            query.setString(1, slot.name());
            query.setInt(2, slot.activePid());
            query.setLong(3, CLASS);
            query.setString(4, slot.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /**
     * Whether the slot is in use by another program: an unmarked process streams from it, or it is temporary and so
     * belongs to one session.
     */
    public static boolean isOthers(Connection connection, String slot) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("""
                SELECT s.temporary OR s.active_pid IS NOT NULL AND NOT EXISTS (
                    SELECT FROM pg_stat_activity a WHERE a.pid = s.active_pid AND
                """ + MARKED + ") FROM pg_replication_slots s WHERE s.slot_name = ?")) {
            query.setLong(1, CLASS);
            query.setString(2, slot);
            query.setString(3, slot);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** A description of the process that streams from the slot, for people; an empty text if there is none. */
    static String holder(Connection connection, String slot) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT format('process %s of PostgreSQL (application_name %s, role %s, from %s, since %s)', s.active_pid,
                              coalesce(quote_literal(a.application_name), 'unknown'), coalesce(a.usename, 'unknown'),
                              coalesce(host(a.client_addr), 'the server itself'),
                              coalesce(to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'), 'unknown'))
                FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid
                WHERE s.slot_name = ? AND s.active_pid IS NOT NULL
                """)) {
            query.setString(1, slot);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }
}
