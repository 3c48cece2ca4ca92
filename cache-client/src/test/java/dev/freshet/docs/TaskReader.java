// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.EntryKey;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.sql.SQLException;
import java.util.List;
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
    CacheResult task(String user, String id) throws SQLException, InterruptedException {
        var key = EntryKey.of(Isolate.of(user), "task", id, "own");
        return cache.get(key, () -> loadTask(user, id));
    }

    private Loaded loadTask(String user, String id) throws SQLException {
        var tags = List.of(Tag.row("task", List.of(id)));
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select row_to_json(t)::text from task t where owner = ? and id = ?::bigint")) {
            query.setString(1, user);
            query.setString(2, id);
            try (var row = query.executeQuery()) {
                return row.next() ? Loaded.of(row.getString(1), tags) : Loaded.absent(tags);
            }
        }
    }
    // end of sample
}
