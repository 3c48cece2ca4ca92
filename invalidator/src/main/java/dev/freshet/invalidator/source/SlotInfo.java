// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A row of {@code pg_replication_slots}.
 *
 * @param database of the slot; null for a physical one
 * @param activePid process that streams from it, or 0
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param invalidation why PostgreSQL 17 and later invalidated the slot, or null
 * @param confirmedLsn everything up to here was acknowledged
 * @param lagBytes WAL written since that position
 * @param sentLsn how far the process that streams from it has read the WAL; 0 if there is none, or it is not told
 * @param working whether that process computes or reads, rather than wait for WAL or for whoever it sends to; false if
 *     there is none, or it is of another role
 */
public record SlotInfo(
        String name,
        String plugin,
        String database,
        int activePid,
        String walStatus,
        String invalidation,
        Lsn confirmedLsn,
        long lagBytes,
        Lsn sentLsn,
        boolean working) {
    private static final Logger LOG = LoggerFactory.getLogger(SlotInfo.class);
    private static final String SQL = """
            SELECT plugin, database, coalesce(active_pid, 0) AS pid, wal_status,
                   to_jsonb(s) ->> 'invalidation_reason' AS invalidation,
                   confirmed_flush_lsn - '0/0'::pg_lsn AS confirmed,
                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
                     - confirmed_flush_lsn AS lag,
                   (SELECT sent_lsn - '0/0'::pg_lsn FROM pg_stat_replication r WHERE r.pid = s.active_pid) AS sent,
                   coalesce((SELECT a.state = 'active' AND coalesce(a.wait_event_type, 'IO') = 'IO'
                             FROM pg_stat_activity a WHERE a.pid = s.active_pid), false) AS working
            FROM pg_replication_slots s WHERE slot_name = ?
            """;

    /** The slot of that name, if there is one. */
    public static Optional<SlotInfo> read(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SQL)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new SlotInfo(
                                name,
                                row.getString("plugin"),
                                row.getString("database"),
                                row.getInt("pid"),
                                row.getString("wal_status"),
                                row.getString("invalidation"),
                                new Lsn(row.getLong("confirmed")),
                                row.getLong("lag"),
                                new Lsn(row.getLong("sent")),
                                row.getBoolean("working")))
                        : Optional.empty();
            }
        }
    }

    /**
     * Ends the process that streams from it, if that is a stream of Freshet's; anybody else's is left alone. Call it with the
     * lock of the instance.
     *
     * @return false if it is somebody else's, or gone
     */
    public boolean terminate(Connection connection) throws SQLException {
        boolean ended = StreamMark.end(connection, this);
        if (ended) {
            LOG.warn("ended process {} of PostgreSQL, which was left of an earlier run on slot {}", activePid, name);
        }
        return ended;
    }

    /** Who streams from it, for people; empty if nobody does. */
    public String holder(Connection connection) throws SQLException {
        return StreamMark.holder(connection, name);
    }

    /** True if PostgreSQL no longer has the WAL that the slot needs. */
    public boolean lost() {
        return "lost".equals(walStatus) || invalidation != null;
    }
}
