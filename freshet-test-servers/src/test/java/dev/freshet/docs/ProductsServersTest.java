// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.FreshetCache;
import dev.freshet.test.servers.FreshetServers;
import dev.freshet.test.servers.FreshetTest;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

// sample
@FreshetTest(mapping = "src/test/resources/shop.yaml", schema = "src/test/resources/shop.sql")
class ProductsServersTest {
    @Test
    void aCommittedChangeIsSeen(FreshetServers freshet, FreshetCache cache, DataSource database) throws SQLException {
        var products = new Products(cache, database);
        products.product(1);
        assertThat(products.product(1).status()).isEqualTo(CacheStatus.HIT);

        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update maker set name = 'Hill' where id = 7");
        }
        freshet.settle(); // the invalidator has passed all that was committed until now

        assertThat(products.product(1).value()).hasValue("[\"tea\", \"Hill\"]");
    }
}
// end of sample
