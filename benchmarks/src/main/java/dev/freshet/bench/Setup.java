// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.bench.world.Values;
import dev.freshet.bench.world.World;
import dev.freshet.bench.write.Tables;
import dev.freshet.context.Level;
import dev.freshet.devservices.TestDatabase;
import java.sql.SQLException;

/** Inserts the initial rows of a world. */
final class Setup {
    private Setup() {}

    static void write(World world, TestDatabase database) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            for (var level : Level.values()) {
                boolean own = level == Level.GLOBAL || level == Level.PROJECT;
                var sql = "insert into " + Tables.table(level) + " (user_id, name, document"
                        + (level == Level.GLOBAL ? "" : ", id") + (own ? "" : ", " + Tables.parent(level))
                        + ") values (?, '1', jsonb_build_object('" + Values.member(level) + "', 1)"
                        + (level == Level.GLOBAL ? "" : ", ?") + (own ? "" : ", ?") + ")";
                try (var statement = connection.prepareStatement(sql)) {
                    for (var tree : world.trees()) {
                        for (var row : tree.rows(level)) {
                            statement.setString(1, row.user());
                            if (level != Level.GLOBAL) {
                                statement.setLong(2, Long.parseLong(row.id()));
                            }
                            if (!own) {
                                statement.setLong(
                                        3,
                                        Long.parseLong(
                                                row.history().latest().parent().id()));
                            }
                            statement.executeUpdate();
                        }
                    }
                }
            }
            connection.commit();
        }
    }
}
