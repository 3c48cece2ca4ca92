// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.TagOf;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What the samples of {@code docs/testing.md} test. */
final class Products {
    static final CacheView<String> PRODUCT = CacheView.json("product", "own");

    private final FreshetCache cache;
    private final DataSource database;

    Products(FreshetCache cache, DataSource database) {
        this.cache = cache;
        this.database = database;
    }

    CacheResult<String> product(int id) throws SQLException {
        return cache.get(PRODUCT.key(id), () -> load(id));
    }

    Loaded<String> load(int id) throws SQLException {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement("select json_build_array(p.name, m.name)::text, m.id from product p"
                                + " join maker m on m.id = p.maker where p.id = ?")) {
            query.setInt(1, id);
            try (var row = query.executeQuery()) {
                return row.next()
                        ? Loaded.of(row.getString(1)).and(TagOf.row("maker", row.getInt(2)))
                        : Loaded.absent();
            }
        }
    }
}
