// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks whether a role may connect and stream. */
final class RoleInspection {
    private static final String ROLE = """
            SELECT rolcanlogin, rolreplication OR rolsuper
                     OR EXISTS (SELECT FROM pg_roles m WHERE m.rolname = 'rds_replication'
                                                       AND pg_has_role(r.oid, m.oid, 'MEMBER')) AS replication,
                   has_database_privilege(r.oid, current_database(), 'CONNECT') AS connect,
                   current_database() AS database, rolname = current_user AS self
            FROM pg_roles r WHERE rolname = ?
            """;

    private RoleInspection() {}

    static List<Shortcoming> inspect(Connection connection, String name, Platform platform) throws SQLException {
        String role = Sql.identifier(name);
        Place place = Place.of(Kind.ROLE, name);
        var found = new ArrayList<Shortcoming>();
        try (PreparedStatement query = connection.prepareStatement(ROLE)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return List.of(Shortcoming.administrators(
                            Topic.OTHER,
                            DatabaseCode.NO_ROLE,
                            place,
                            "there is no role " + role + "; create it, with a password of your choice",
                            "CREATE ROLE " + role + " LOGIN;"));
                }
                if (!row.getBoolean("rolcanlogin")) {
                    found.add(Shortcoming.administrators(
                            Topic.RIGHTS,
                            DatabaseCode.NO_LOGIN,
                            place,
                            "role " + role + " may not log in",
                            "ALTER ROLE " + role + " LOGIN;"));
                }
                if (!row.getBoolean("connect")) {
                    String database = Sql.identifier(row.getString("database"));
                    found.add(Shortcoming.administrators(
                            Topic.RIGHTS,
                            DatabaseCode.NO_CONNECT,
                            place,
                            "role " + role + " may not connect to database " + database,
                            "GRANT CONNECT ON DATABASE " + database + " TO " + role + ";"));
                }
                if (!row.getBoolean("replication") && !(row.getBoolean("self") && mayMakeSlots(connection))) {
                    found.add(platform.noReplication(place, role));
                }
            }
        }
        return found;
    }

    /**
     * Tries to create a slot, because platforms have rights of their own. PostgreSQL checks the rights before the name,
     * and no slot can have this name.
     */
    private static boolean mayMakeSlots(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_create_logical_replication_slot('-', 'pgoutput')");
            return true;
        } catch (SQLException e) {
            if (e.getSQLState() == null || e.getSQLState().startsWith("08")) {
                throw e;
            }
            return !FailureCause.isDenied(e);
        }
    }

    /** The given role, or the connection's role. */
    static String current(Connection connection, Optional<String> asked) throws SQLException {
        if (asked.isPresent()) {
            return asked.get();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
