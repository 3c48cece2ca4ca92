// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.failover;

import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.postgres.PostgresHost;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What decides on a standby whether it has a copy of the slot.
 *
 * @param server its address
 * @param namesDatabase whether primary_conninfo names a database; empty if this role may not read the setting
 * @param copied whether it has a copy of the slot that a promotion keeps
 */
record StandbyState(
        String server,
        String walLevel,
        String syncSlots,
        String feedback,
        String primarySlot,
        Optional<Boolean> namesDatabase,
        boolean copied) {
    private static final Logger LOG = LoggerFactory.getLogger(StandbyState.class);
    private static final String SECONDS = "5";
    /** A service file may name it as well. */
    private static final Pattern DATABASE =
            Pattern.compile("(^|[\\s?&])(dbname|service)\\s*=|^postgres(ql)?://[^/]*/\\w");

    private static final String SQL = """
            SELECT pg_is_in_recovery(), current_setting('wal_level'), current_setting('sync_replication_slots'),
                   current_setting('hot_standby_feedback'), current_setting('primary_slot_name'),
                   (SELECT setting FROM pg_settings WHERE name = 'primary_conninfo'),
                   EXISTS (SELECT FROM pg_replication_slots s WHERE slot_name = ? AND synced AND NOT temporary
                                                               AND invalidation_reason IS NULL)
            """;

    /** Asks each server of the address. Those that do not answer, and the primary, are left out. */
    static List<StandbyState> of(JdbcSettings servers, String slot) {
        if (servers.servers().size() == 1) {
            return List.of();
        }
        return servers.servers().stream()
                .map(server -> ask(servers, server, slot))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<StandbyState> ask(JdbcSettings servers, PostgresHost server, String slot) {
        JdbcSettings one = servers.at(server);
        Properties properties = one.properties();
        properties.put("targetServerType", "any");
        properties.putIfAbsent("connectTimeout", SECONDS);
        properties.putIfAbsent("loginTimeout", SECONDS);
        properties.putIfAbsent("socketTimeout", SECONDS);
        properties.put("ApplicationName", "freshet check");
        try (Connection connection = DriverManager.getConnection(one.url(), properties);
                PreparedStatement query = connection.prepareStatement(SQL)) {
            query.setString(1, slot);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1) ? Optional.of(read(server.toString(), row)) : Optional.empty();
            }
        } catch (SQLException e) {
            LOG.debug("{} does not tell how it copies slots", server, e);
            return Optional.empty();
        }
    }

    private static StandbyState read(String server, ResultSet row) throws SQLException {
        return new StandbyState(
                server,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Optional.ofNullable(row.getString(6)).map(StandbyState::namesDatabase),
                row.getBoolean(7));
    }

    static boolean namesDatabase(String conninfo) {
        return DATABASE.matcher(conninfo).find();
    }

    /** Why a promotion of this standby would lose the slot; empty if it would not. */
    List<Finding> findings(String slot) {
        if (copied) {
            return List.of();
        }
        var found = new ArrayList<Finding>();
        if (!walLevel.equals("logical")) {
            found.add(setting(
                    "wal_level", walLevel, "logical, and a restart", "ALTER SYSTEM SET wal_level = 'logical';"));
        }
        if (!syncSlots.equals("on")) {
            found.add(setting(
                    "sync_replication_slots", syncSlots, "on", "ALTER SYSTEM SET sync_replication_slots = on;"));
        }
        if (!feedback.equals("on")) {
            found.add(setting("hot_standby_feedback", feedback, "on", "ALTER SYSTEM SET hot_standby_feedback = on;"));
        }
        if (primarySlot.isEmpty()) {
            found.add(setting(
                    "primary_slot_name",
                    "''",
                    "a physical slot of the primary",
                    "-- on the primary, unless it has a slot for this standby:"
                            + " SELECT pg_create_physical_replication_slot('standby');",
                    "ALTER SYSTEM SET primary_slot_name = 'standby';"));
        }
        if (namesDatabase.isPresent() && !namesDatabase.get()) {
            // The setting itself may hold a password.
            found.add(Finding.of(
                    DatabaseCode.STANDBY_SETTING,
                    Place.of(Kind.SETTING, "primary_conninfo"),
                    "standby " + server
                            + " has no dbname in primary_conninfo; expected the name of a database, over which it"
                            + " reads the slots of the primary"));
        }
        found.add(Finding.of(
                DatabaseCode.NOT_SYNCHRONIZED,
                Place.of(Kind.SERVER, server),
                "standby " + server + " has no copy of replication slot " + slot
                        + " that a promotion would keep; expected one that is synced and not temporary"));
        return found;
    }

    private Finding setting(String name, String value, String expected, String... remedy) {
        var all = new ArrayList<>(List.of(remedy));
        if (!name.equals("wal_level")) {
            // That one takes a restart.
            all.add("SELECT pg_reload_conf();");
        }
        return new Finding(
                DatabaseCode.STANDBY_SETTING,
                Place.of(Kind.SETTING, name),
                "standby " + server + " has " + name + " = " + value + "; expected " + expected
                        + ", or it copies no slots",
                all);
    }
}
