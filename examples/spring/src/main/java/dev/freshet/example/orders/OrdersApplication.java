// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.orders;

import dev.freshet.spring.web.PositionInterceptor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** The writing service. It asks the catalogue after each order, with the position of its own commit: the interceptor does that. */
@SpringBootApplication
@RestController
public class OrdersApplication {
    private final Orders orders;
    private final RestClient catalog;

    public OrdersApplication(
            Orders orders,
            RestClient.Builder clients,
            PositionInterceptor positions,
            @Value("${catalog.url}") String catalog) {
        this.orders = orders;
        this.catalog = clients.baseUrl(catalog).requestInterceptor(positions).build();
    }

    @PostMapping("/products/{id}/orders")
    public Receipt order(@PathVariable("id") long id) {
        int left = orders.order(id);
        var shown = catalog.get().uri("/products/{id}", id).retrieve().body(Shown.class);
        return new Receipt(left, shown.stock());
    }

    /** What is read of the catalogue's answer. */
    record Shown(int stock) {}
}
