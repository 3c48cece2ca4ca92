// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import dev.freshet.cache.FreshetCache;
import dev.freshet.test.loader.LoaderCheck;
import dev.freshet.test.servers.FreshetTest;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

// sample
@FreshetTest(mapping = "src/test/resources/shop.yaml", schema = "src/test/resources/shop.sql")
class ProductsLoaderTest {
    @Test
    void loadersTellAllOfTheirTags(DataSource database, FreshetCache cache) throws SQLException {
        var check = LoaderCheck.of(database, Path.of("src/test/resources/shop.yaml"));
        var products = new Products(cache, check.dataSource());
        check.check(Products.PRODUCT.key(1), () -> products.load(1));
        check.check(Products.PRODUCT.key(99), () -> products.load(99)); // what does not exist has tags, too
    }
}
// end of sample
