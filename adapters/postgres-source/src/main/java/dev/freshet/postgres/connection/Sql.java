// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import dev.freshet.model.mapping.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Builds the statements that set up a database, ready to paste. */
public final class Sql {
    /** The first version that can synchronise logical slots to standbys. */
    private static final int FAILOVER_SLOTS = 170000;
    /**
     * The first version that publishes generated columns, and that refuses updates if the replica identity contains one
     * that is not published.
     */
    private static final int GENERATED_COLUMNS = 180000;

    /** The comment that marks a publication as Freshet's. */
    public static final String MARK = "Made by Freshet, which may change it.";

    private Sql() {}

    public static String identifier(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    public static String table(TableName table) {
        return identifier(table.schema()) + "." + identifier(table.table());
    }

    /** A text in single quotes. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String tables(Collection<TableName> tables) {
        return tables.stream().map(Sql::table).collect(Collectors.joining(", "));
    }

    public static String createPublication(String publication, Collection<TableName> tables, int serverVersion) {
        return "CREATE PUBLICATION " + identifier(publication) + " FOR TABLE " + tables(tables)
                + " WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = true"
                + (serverVersion >= GENERATED_COLUMNS ? ", publish_generated_columns = stored" : "") + ");";
    }

    public static String markPublication(String publication) {
        return "COMMENT ON PUBLICATION " + identifier(publication) + " IS '" + MARK + "';";
    }

    public static String addTables(String publication, Collection<TableName> tables) {
        return "ALTER PUBLICATION " + identifier(publication) + " ADD TABLE " + tables(tables) + ";";
    }

    public static String dropTable(String publication, TableName table) {
        return "ALTER PUBLICATION " + identifier(publication) + " DROP TABLE " + table(table) + ";";
    }

    public static String setOptions(String publication) {
        return "ALTER PUBLICATION " + identifier(publication)
                + " SET (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);";
    }

    public static String publishGeneratedColumns(String publication) {
        return "ALTER PUBLICATION " + identifier(publication) + " SET (publish_generated_columns = stored);";
    }

    /** With failover, a synchronised standby has the slot when it is promoted. */
    public static String createSlot(String slot, int serverVersion) {
        return "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput'"
                + (serverVersion >= FAILOVER_SLOTS ? ", failover => true" : "") + ");";
    }

    public static String dropSlot(String slot) {
        return "SELECT pg_drop_replication_slot('" + slot + "');";
    }
}
