// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.demo;

import dev.freshet.example.catalog.CatalogApplication;
import dev.freshet.example.orders.OrdersApplication;
import java.net.URI;
import java.util.Map;

/** Both services and their servers. */
public final class Shop implements AutoCloseable {
    private final Servers servers = Servers.start();
    private final Service catalog;
    private final Service orders;

    private Shop() {
        catalog = Service.start(
                CatalogApplication.class, "catalog", servers.database(), Map.of("freshet.redis.url", servers.redis()));
        orders = Service.start(
                OrdersApplication.class,
                "orders",
                servers.database(),
                Map.of("catalog.url", catalog.address().toString()));
    }

    /** Returns when all of it answers. */
    public static Shop start() {
        return new Shop();
    }

    /** Where the catalogue is read. */
    public URI catalog() {
        return catalog.address();
    }

    /** Where orders are taken. */
    public URI orders() {
        return orders.address();
    }

    @Override
    public void close() {
        orders.close();
        catalog.close();
        servers.close();
    }
}
