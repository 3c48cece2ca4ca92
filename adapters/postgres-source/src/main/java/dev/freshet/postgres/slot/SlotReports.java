// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.slot;

import dev.freshet.core.source.SlotInfo;
import dev.freshet.postgres.connection.InstanceLock;
import dev.freshet.postgres.slot.SlotReport.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what an operator wants to know of a slot. Changes nothing. */
public final class SlotReports {
    private static final long MEGABYTE = 1 << 20;

    private static final String RETENTION = """
            SELECT clock_timestamp() AS now, pg_current_wal_lsn() - '0/0'::pg_lsn AS wal_end,
                   coalesce(pg_current_wal_lsn() - restart_lsn, 0) AS bytes,
                   (SELECT setting::bigint FROM pg_settings WHERE name = 'max_slot_wal_keep_size') AS most
            FROM pg_replication_slots WHERE slot_name = ?
            """;

    /** Standbys do not say for which slot they wait, but have the same label as the instance that is active. */
    private static final String INSTANCES = """
            SELECT pid, application_name, host(client_addr) AS address, backend_start
            FROM pg_stat_activity
            WHERE datname = current_database() AND application_name LIKE left(?, 63)
            ORDER BY backend_start, pid
            """;

    private static final String SINK = "connect-sink ";

    private SlotReports() {}

    /** The slot; empty if there is none of that name. */
    public static Optional<SlotReport> read(Connection connection, String name) throws SQLException {
        Optional<SlotInfo> slot = Slots.read(connection, name);
        if (slot.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> holder = InstanceLock.holderPid(connection, name);
        List<Instance> all = instances(connection);
        Instance active = all.stream()
                .filter(instance -> holder.filter(pid -> pid == instance.pid()).isPresent())
                .findFirst()
                .orElse(holder.map(pid -> new Instance(pid, "a session that has the slot's lock", null, null))
                        .orElse(null));
        List<Instance> standbys = active == null
                ? List.of()
                : all.stream()
                        .filter(instance -> instance.pid() != active.pid()
                                && instance.name().equals(active.name()))
                        .toList();
        try (PreparedStatement query = connection.prepareStatement(RETENTION)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new SlotReport(
                                instant(row, "now"), slot.get(), retention(row, slot.get()), active, standbys))
                        : Optional.empty();
            }
        }
    }

    private static Retention retention(ResultSet row, SlotInfo slot) throws SQLException {
        long most = row.getLong("most");
        OptionalLong limit = row.wasNull() || most < 0 ? OptionalLong.empty() : OptionalLong.of(most * MEGABYTE);
        return new Retention(row.getLong("bytes"), limit, slot.safeBytes(), row.getLong("wal_end"));
    }

    /** The invalidators that are connected to this database, for whatever slot: active ones and standbys. */
    public static List<Instance> instances(Connection connection) throws SQLException {
        return named(connection, "freshet control %");
    }

    /** The tasks of sink connectors that are connected to this database and work in the namespace. */
    public static List<Instance> sinks(Connection connection, String namespace) throws SQLException {
        return named(connection, "freshet " + sinkPurpose(namespace));
    }

    /** The purpose under which a task of a sink connector opens its connection, so that it is found here. */
    public static String sinkPurpose(String namespace) {
        return SINK + namespace;
    }

    private static List<Instance> named(Connection connection, String pattern) throws SQLException {
        var found = new ArrayList<Instance>();
        try (PreparedStatement query = connection.prepareStatement(INSTANCES)) {
            query.setString(1, pattern);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new Instance(
                            row.getInt("pid"),
                            row.getString("application_name"),
                            row.getString("address"),
                            instant(row, "backend_start")));
                }
            }
        }
        return found;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
