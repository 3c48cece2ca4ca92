// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.failover;

import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.postgres.connection.Sql;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds what would make a promoted standby lack the slot, from PostgreSQL 17 on, which can copy logical slots to
 * standbys. Nothing that it finds is an error: without the slot a run makes a new one, and purges. Changes nothing.
 */
public final class FailoverInspection {
    private static final int FIRST_VERSION = 17;
    private static final String SLOT =
            "SELECT failover, current_database() FROM pg_replication_slots WHERE slot_name = ?";
    private static final String STANDBY_SLOTS =
            "SELECT slot_name, active FROM pg_replication_slots WHERE slot_type = 'physical' AND NOT temporary ORDER BY 1";

    private final Connection primary;
    private final String slot;
    private final List<Finding> found = new ArrayList<>();

    private FailoverInspection(Connection primary, String slot) {
        this.primary = primary;
        this.slot = slot;
    }

    /**
     * Looks at the slot and at the standbys that the address names.
     *
     * @param primary a connection to the primary
     * @param slot a slot that does not exist has no findings
     * @param servers the primary and its standbys, with a user that may connect to each
     */
    public static List<Finding> inspect(Connection primary, String slot, JdbcSettings servers) throws SQLException {
        var inspection = new FailoverInspection(primary, slot);
        inspection.run(servers);
        return List.copyOf(inspection.found);
    }

    private void run(JdbcSettings servers) throws SQLException {
        int version = primary.getMetaData().getDatabaseMajorVersion();
        if (version < FIRST_VERSION) {
            found.add(Finding.of(
                    DatabaseCode.PROMOTION_LOSES_SLOT,
                    place(),
                    "replication slot " + slot + " is lost when a standby is promoted, as PostgreSQL " + version
                            + " copies no logical slots: it is made anew then, and the namespace purged"));
            return;
        }
        Optional<Boolean> copied = isCopied();
        if (copied.isPresent() && copied.get()) {
            primary();
            standbys(servers);
        }
    }

    /** Whether standbys are to have the slot; empty if it does not exist. */
    private Optional<Boolean> isCopied() throws SQLException {
        try (PreparedStatement query = primary.prepareStatement(SLOT)) {
            query.setString(1, slot);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                if (!row.getBoolean(1)) {
                    found.add(Finding.of(
                            DatabaseCode.SLOT_NOT_FAILOVER,
                            place(),
                            "replication slot " + slot
                                    + " has failover = false, so no standby copies it; expected true",
                            setFailover(row.getString(2))));
                }
                return Optional.of(row.getBoolean(1));
            }
        }
    }

    /** No function of SQL can set it, only a command of the replication protocol, which psql sends. */
    private String setFailover(String database) {
        return "psql 'dbname=" + database + " replication=database' -c 'ALTER_REPLICATION_SLOT " + slot
                + " (FAILOVER true)'";
    }

    private void primary() throws SQLException {
        Map<String, Boolean> active = standbySlots();
        List<String> awaited = awaited();
        for (String name : awaited) {
            if (!active.getOrDefault(name, false)) {
                found.add(Finding.of(
                        DatabaseCode.STANDBY_AWAY,
                        Place.of(Kind.SETTING, "synchronized_standby_slots"),
                        "synchronized_standby_slots names the physical slot '" + name + "', which "
                                + (active.containsKey(name) ? "no standby uses" : "does not exist")
                                + ": no change is sent to slot " + slot + " meanwhile; expected an active slot"));
            }
        }
        List<String> inUse = active.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (awaited.isEmpty() && !inUse.isEmpty()) {
            String names = String.join(", ", inUse);
            found.add(Finding.of(
                    DatabaseCode.STANDBYS_NOT_WAITED_FOR,
                    Place.of(Kind.SETTING, "synchronized_standby_slots"),
                    "synchronized_standby_slots is empty, so changes may be evicted before a standby has them; expected the"
                            + " physical slots of standbys: " + names,
                    "ALTER SYSTEM SET synchronized_standby_slots = "
                            + inUse.stream().map(Sql::literal).collect(Collectors.joining(", ")) + ";",
                    "SELECT pg_reload_conf();"));
        }
    }

    private List<String> awaited() throws SQLException {
        try (Statement statement = primary.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('synchronized_standby_slots')")) {
            row.next();
            return Arrays.stream(row.getString(1).split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    /** The physical slots, and whether a standby is connected to each. */
    private Map<String, Boolean> standbySlots() throws SQLException {
        var slots = new LinkedHashMap<String, Boolean>();
        try (Statement statement = primary.createStatement();
                ResultSet rows = statement.executeQuery(STANDBY_SLOTS)) {
            while (rows.next()) {
                slots.put(rows.getString(1), rows.getBoolean(2));
            }
        }
        return slots;
    }

    private void standbys(JdbcSettings servers) {
        List<StandbyState> standbys = StandbyState.of(servers, slot);
        if (standbys.isEmpty()) {
            found.add(Finding.of(
                    DatabaseCode.STANDBYS_UNKNOWN,
                    place(),
                    "whether a promoted standby has replication slot " + slot
                            + " was not looked at: FRESHET_JDBC_URL names "
                            + (servers.servers().size() == 1 ? "no other server" : "no standby that answers")));
        }
        standbys.forEach(standby -> found.addAll(standby.findings(slot)));
    }

    private Place place() {
        return Place.of(Kind.SLOT, slot);
    }
}
