// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The platform that PostgreSQL runs on, recognised by roles that only that platform has, with what to do there instead
 * of a superuser's statements.
 */
enum Platform {
    PLAIN(
            "set wal_level = logical and restart PostgreSQL",
            "ALTER SYSTEM SET wal_level = 'logical';",
            "ALTER ROLE %s REPLICATION;"),
    RDS(
            "on Amazon RDS set rds.logical_replication = 1 in the instance's parameter group and reboot",
            null,
            "GRANT rds_replication TO %s;"),
    AURORA(
            "on Amazon Aurora set rds.logical_replication = 1 in the cluster's parameter group and reboot the writer",
            null,
            "GRANT rds_replication TO %s;"),
    CLOUD_SQL(
            "on Cloud SQL set the flag cloudsql.logical_decoding to on; the instance restarts",
            null,
            "ALTER USER %s WITH REPLICATION;"),
    AZURE(
            "on Azure set the server parameter wal_level to logical and restart the server",
            null,
            "ALTER ROLE %s WITH REPLICATION;"),
    NEON("on Neon enable logical replication in the project's settings", null, null),
    SUPABASE(
            "Supabase has wal_level = logical; ask its support why this project has not",
            null,
            "ALTER ROLE %s WITH REPLICATION;");

    private static final String FACTS = """
            SELECT CASE
              WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_superuser')
                THEN CASE WHEN EXISTS (SELECT FROM pg_proc WHERE proname = 'aurora_version') THEN 'AURORA' ELSE 'RDS' END
              WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = 'cloudsqlsuperuser') THEN 'CLOUD_SQL'
              WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = 'azure_pg_admin') THEN 'AZURE'
              WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = 'neon_superuser') THEN 'NEON'
              WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = 'supabase_admin') THEN 'SUPABASE'
              ELSE 'PLAIN' END
            """;

    private final String walLevel;
    private final String walLevelStatement;
    private final String replication;

    Platform(String walLevel, String walLevelStatement, String replication) {
        this.walLevel = walLevel;
        this.walLevelStatement = walLevelStatement;
        this.replication = replication;
    }

    static Platform of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            row.next();
            return valueOf(row.getString(1));
        }
    }

    Shortcoming noLogicalWal(String level) {
        String message = "wal_level is " + level + ", expected logical; " + walLevel;
        String[] remedy = walLevelStatement == null ? new String[0] : new String[] {walLevelStatement};
        return Shortcoming.administrators(
                Topic.SERVER, DatabaseCode.WAL_LEVEL, Place.of(Kind.SETTING, "wal_level"), message, remedy);
    }

    /** @param role quoted as in a statement */
    Shortcoming noReplication(Place place, String role) {
        String message = "role " + role + " may not read replication slots";
        return replication == null
                ? Shortcoming.administrators(
                        Topic.RIGHTS,
                        DatabaseCode.NO_REPLICATION,
                        place,
                        message + "; use a role created in the Neon console, which may")
                : Shortcoming.administrators(
                        Topic.RIGHTS, DatabaseCode.NO_REPLICATION, place, message, replication.formatted(role));
    }

    /** Only a superuser can grant BYPASSRLS; the table's owner can create a policy. */
    String letSeeAllRows(String role, String table) {
        return this == PLAIN
                ? "ALTER ROLE " + role + " BYPASSRLS;"
                : "CREATE POLICY freshet_reads_all ON " + table + " FOR SELECT TO " + role + " USING (true);";
    }
}
