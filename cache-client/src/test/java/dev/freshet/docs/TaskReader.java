// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The sample of {@code docs/cache-client.md}. */
final class TaskReader {
    private final FreshetCache cache;
    private final DataSource database;

    TaskReader(FreshetCache cache, DataSource database) {
        this.cache = cache;
        this.database = database;
    }

    // sample
    private static final CacheView<String> TASK = CacheView.json("task", "own");

    CacheResult<String> task(String user, long id) throws SQLException {
        return cache.get(TASK.key(id).ownedBy(user), () -> loadTask(user, id));
    }

    private Loaded<String> loadTask(String user, long id) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select row_to_json(t)::text from task t where owner = ? and id = ?")) {
            query.setString(1, user);
            query.setLong(2, id);
            try (var row = query.executeQuery()) {
                return row.next() ? Loaded.of(row.getString(1)) : Loaded.absent();
            }
        }
    }
    // end of sample
}
