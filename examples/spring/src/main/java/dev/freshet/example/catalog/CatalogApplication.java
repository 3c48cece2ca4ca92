// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.catalog;

import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The reading service. Freshet's filter gives each request a session of the position that it brings. */
@SpringBootApplication
@EnableCaching
@RestController
public class CatalogApplication {
    private final Catalog catalog;

    public CatalogApplication(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/products/{id}")
    public Product product(@PathVariable("id") long id) {
        return catalog.product(id);
    }

    @GetMapping("/categories/{id}/products")
    public List<Product> products(@PathVariable("id") long id) {
        return catalog.products(id);
    }
}
