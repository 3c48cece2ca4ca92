// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.catalog;

import dev.freshet.spring.CachedView;
import java.util.List;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Service;

// sample
@Service
public class Catalog {
    private static final RowMapper<Product> PRODUCT = new DataClassRowMapper<>(Product.class);

    private final JdbcTemplate sql;

    public Catalog(JdbcTemplate sql) {
        this.sql = sql;
    }

    @Cacheable("product") // the mapping has an entity of this name
    public Product product(long id) {
        return sql.query("select id, name, stock from product where id = ?", PRODUCT, id).stream()
                .findFirst()
                .orElse(null);
    }

    @Cacheable("products")
    @CachedView(entity = "category", listOf = "product")
    public List<Product> products(long category) {
        return sql.query("select id, name, stock from product where category_id = ? order by id", PRODUCT, category);
    }
}
// end of sample
