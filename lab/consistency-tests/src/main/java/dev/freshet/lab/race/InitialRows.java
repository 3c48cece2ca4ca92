// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race;

import dev.freshet.context.Level;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.race.transaction.ContextTables;
import dev.freshet.lab.race.world.World;
import java.sql.SQLException;

/** Inserts the initial rows of a world. */
final class InitialRows {
    private InitialRows() {}

    static void write(World world, TestDatabase database) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            for (var level : Level.values()) {
                for (var tree : world.trees()) {
                    for (var row : tree.rows(level)) {
                        var state = row.history().latest();
                        ContextTables.insert(
                                connection, row, state.parent(), state.write().version());
                    }
                }
            }
            connection.commit();
        }
    }
}
