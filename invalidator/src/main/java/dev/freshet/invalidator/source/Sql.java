// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import dev.freshet.model.mapping.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Spells the statements that set a database up, ready to paste. */
final class Sql {
    /** The server that can synchronise logical slots to its standbys. */
    private static final int FAILOVER_SLOTS = 170000;
    /** The server that publishes generated columns, and refuses updates where an identity needs them and lacks them. */
    private static final int GENERATED_COLUMNS = 180000;

    /** The comment by which a publication is known to be Freshet's. */
    static final String MARK = "Made by Freshet, which may change it.";

    private Sql() {}

    static String identifier(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String table(TableName table) {
        return identifier(table.schema()) + "." + identifier(table.table());
    }

    private static String tables(Collection<TableName> tables) {
        return tables.stream().map(Sql::table).collect(Collectors.joining(", "));
    }

    static String createPublication(String publication, Collection<TableName> tables, int serverVersion) {
        return "CREATE PUBLICATION " + identifier(publication) + " FOR TABLE " + tables(tables)
                + " WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = true"
                + (serverVersion >= GENERATED_COLUMNS ? ", publish_generated_columns = stored" : "") + ");";
    }

    static String markPublication(String publication) {
        return "COMMENT ON PUBLICATION " + identifier(publication) + " IS '" + MARK + "';";
    }

    static String addTables(String publication, Collection<TableName> tables) {
        return "ALTER PUBLICATION " + identifier(publication) + " ADD TABLE " + tables(tables) + ";";
    }

    static String dropTable(String publication, TableName table) {
        return "ALTER PUBLICATION " + identifier(publication) + " DROP TABLE " + table(table) + ";";
    }

    static String setOptions(String publication) {
        return "ALTER PUBLICATION " + identifier(publication)
                + " SET (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);";
    }

    static String publishGeneratedColumns(String publication) {
        return "ALTER PUBLICATION " + identifier(publication) + " SET (publish_generated_columns = stored);";
    }

    /** With failover, a synchronised standby has the slot when it is promoted. */
    static String createSlot(String slot, int serverVersion) {
        return "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput'"
                + (serverVersion >= FAILOVER_SLOTS ? ", failover => true" : "") + ");";
    }

    static String dropSlot(String slot) {
        return "SELECT pg_drop_replication_slot('" + slot + "');";
    }
}
