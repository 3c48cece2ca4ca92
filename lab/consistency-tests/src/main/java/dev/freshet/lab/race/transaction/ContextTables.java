// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.world.ViewParser;
import java.sql.Connection;
import java.sql.SQLException;

/** The table of each level. */
public final class ContextTables {
    private ContextTables() {}

    public static String table(Level level) {
        return "freshet." + level.label() + "_context";
    }

    public static String id(Level level) {
        return level == Level.GLOBAL ? "user_id" : "id";
    }

    /** The column with the id of the level above. Not for the global level. */
    public static String parent(Level level) {
        return level == Level.PROJECT ? "user_id" : level.parent().orElseThrow().label() + "_id";
    }

    /** The id of a row, with the type of its column. */
    public static Object id(Row row) {
        return row.level() == Level.GLOBAL ? row.id() : Long.valueOf(row.id());
    }

    /**
     * Inserts a row whose name and document show this version. Returns the number of inserted rows.
     *
     * @param parent the row above; not used for the levels that only belong to their user
     */
    public static int insert(Connection connection, Row row, Row parent, long version) throws SQLException {
        var level = row.level();
        boolean own = level == Level.GLOBAL || level == Level.PROJECT;
        var sql = "insert into " + table(level) + " (user_id, name, document" + (level == Level.GLOBAL ? "" : ", id")
                + (own ? "" : ", " + parent(level)) + ") values (?, ?, jsonb_build_object('" + ViewParser.member(level)
                + "', ?::bigint)" + (level == Level.GLOBAL ? "" : ", ?") + (own ? "" : ", ?") + ")";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, row.user());
            statement.setString(2, Long.toString(version));
            statement.setLong(3, version);
            if (level != Level.GLOBAL) {
                statement.setObject(4, id(row));
            }
            if (!own) {
                statement.setObject(5, id(parent));
            }
            return statement.executeUpdate();
        }
    }
}
