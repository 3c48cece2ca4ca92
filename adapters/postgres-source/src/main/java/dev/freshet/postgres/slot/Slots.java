// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.slot;

import dev.freshet.core.source.SlotInfo;
import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads replication slots, and ends a stream that an earlier run has left on one. */
public final class Slots {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    private static final String SQL = """
            SELECT plugin, database, coalesce(active_pid, 0) AS pid, wal_status,
                   to_jsonb(s) ->> 'invalidation_reason' AS invalidation,
                   coalesce((to_jsonb(s) ->> 'synced')::boolean, false) AS synced,
                   confirmed_flush_lsn - '0/0'::pg_lsn AS confirmed,
                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
                     - confirmed_flush_lsn AS lag,
                   safe_wal_size,
                   (SELECT sent_lsn - '0/0'::pg_lsn FROM pg_stat_replication r WHERE r.pid = s.active_pid) AS sent,
                   coalesce((SELECT a.state = 'active' AND coalesce(a.wait_event_type, 'IO') = 'IO'
                             FROM pg_stat_activity a WHERE a.pid = s.active_pid), false) AS working
            FROM pg_replication_slots s WHERE slot_name = ?
            """;

    private Slots() {}

    /** The slot with that name, if it exists. */
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
                                safe(row),
                                new Lsn(row.getLong("sent")),
                                row.getBoolean("working"),
                                row.getBoolean("synced")))
                        : Optional.empty();
            }
        }
    }

    private static OptionalLong safe(ResultSet row) throws SQLException {
        long bytes = row.getLong("safe_wal_size");
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /**
     * Ends the process that streams from the slot, if it is a stream of Freshet; any other process is left alone. The
     * caller must hold the {@link dev.freshet.postgres.connection.InstanceLock}.
     *
     * @return false if it belongs to another program, or is gone
     */
    public static boolean terminate(Connection connection, SlotInfo slot) throws SQLException {
        boolean ended = StreamMark.end(connection, slot);
        if (ended) {
            LOG.warn(
                    "ended PostgreSQL process {}, left over from an earlier run on slot {}",
                    slot.activePid(),
                    slot.name());
        }
        return ended;
    }

    /** A description of the process that streams from the slot, for people; an empty text if there is none. */
    public static String holder(Connection connection, SlotInfo slot) throws SQLException {
        return StreamMark.holder(connection, slot.name());
    }
}
