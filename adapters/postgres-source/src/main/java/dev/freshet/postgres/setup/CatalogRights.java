// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether a role may use PostgreSQL's own functions and catalogs. Every role may, unless an administrator
 * revoked that. Some rights are needed only when something goes wrong, such as the right to move the slot. Changes
 * nothing.
 */
public final class CatalogRights {
    /** The functions that the invalidator calls, without their parameters. */
    private static final String[] FUNCTIONS = {
        "pg_control_system",
        "pg_create_logical_replication_slot",
        "pg_current_snapshot",
        "pg_current_wal_insert_lsn",
        "pg_current_wal_lsn",
        "pg_current_xact_id",
        "pg_drop_replication_slot",
        "pg_is_in_recovery",
        "pg_last_wal_replay_lsn",
        "pg_logical_emit_message",
        "pg_partition_ancestors",
        "pg_partition_root",
        "pg_partition_tree",
        "pg_postmaster_start_time",
        "pg_replication_slot_advance",
        "pg_snapshot_xmax",
        "pg_snapshot_xmin",
        "pg_terminate_backend",
        "pg_try_advisory_lock",
        "pg_try_advisory_lock_shared",
        "pg_walfile_name"
    };

    private static final String[] RELATIONS = {
        "pg_attribute",
        "pg_class",
        "pg_collation",
        "pg_constraint",
        "pg_database",
        "pg_enum",
        "pg_index",
        "pg_inherits",
        "pg_locks",
        "pg_namespace",
        "pg_policies",
        "pg_prepared_xacts",
        "pg_proc",
        "pg_publication",
        "pg_publication_namespace",
        "pg_publication_rel",
        "pg_publication_tables",
        "pg_replication_slots",
        "pg_roles",
        "pg_stat_activity",
        "pg_stat_replication",
        "pg_type"
    };

    /**
     * Finds missing privileges. Functions are listed with their parameters, as GRANT requires; names that this version
     * of PostgreSQL does not have are skipped.
     */
    private static final String LACKING = """
            SELECT r.rolname, 'EXECUTE' AS privilege, 'FUNCTION pg_catalog.' || p.proname
                     || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS object
            FROM pg_roles r, pg_proc p
            WHERE r.rolname = ? AND p.pronamespace = 'pg_catalog'::regnamespace AND p.proname = ANY (?)
              AND NOT has_function_privilege(r.oid, p.oid, 'EXECUTE')
            UNION ALL
            SELECT r.rolname, 'SELECT', 'pg_catalog.' || c.relname
            FROM pg_roles r, pg_class c
            WHERE r.rolname = ? AND c.relnamespace = 'pg_catalog'::regnamespace AND c.relname = ANY (?)
              AND NOT has_table_privilege(r.oid, c.oid, 'SELECT')
            ORDER BY privilege, object
            """;

    private CatalogRights() {}

    /** @param role the role to check; empty for the connection's role */
    public static List<Shortcoming> inspect(Connection connection, Optional<String> role) throws SQLException {
        String name = RoleInspection.current(connection, role);
        var found = new ArrayList<Shortcoming>();
        try (PreparedStatement query = connection.prepareStatement(LACKING)) {
            query.setString(1, name);
            query.setArray(2, connection.createArrayOf("name", FUNCTIONS));
            query.setString(3, name);
            query.setArray(4, connection.createArrayOf("name", RELATIONS));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String privilege = row.getString("privilege");
                    String object = row.getString("object");
                    String grantee = Sql.identifier(row.getString("rolname"));
                    found.add(Shortcoming.administrators(
                            Topic.RIGHTS,
                            DatabaseCode.NO_CATALOG_RIGHT,
                            Place.of(Kind.ROLE, row.getString("rolname")),
                            "role " + grantee + " may not " + (privilege.equals("SELECT") ? "read " : "call ") + object
                                    + ", as every role may unless that was revoked",
                            "GRANT " + privilege + " ON " + object + " TO " + grantee + ";"));
                }
            }
        }
        return found;
    }
}
