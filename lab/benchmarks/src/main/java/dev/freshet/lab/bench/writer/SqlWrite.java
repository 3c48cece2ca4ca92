// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.bench.contexts.ContextRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Plain SQL, in transactions of one statement. */
final class SqlWrite implements Write {
    private final Connection connection;
    private final PreparedStatement update;

    SqlWrite(TestDatabase database) throws SQLException {
        connection = database.connect();
        update = connection.prepareStatement("UPDATE freshet.task_context SET document = ?::jsonb WHERE id = ?");
    }

    @Override
    public void change(int task, long number) throws SQLException {
        update.setString(1, ContextRows.document(number));
        update.setLong(2, task);
        if (update.executeUpdate() != 1) {
            throw new IllegalStateException("there is no task " + task);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
