// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.view.TagOf;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.annotation.Transactional;

/** Cached methods of each kind, over a table of products. */
class Catalog {
    static final String[] TABLE = {
        "create table product (id bigint primary key, category bigint, name text, stock int)",
        "insert into product values (1, 10, 'pen', 5), (2, 10, 'ink', 3), (3, 11, 'cup', 0)"
    };
    private static final RowMapper<Product> PRODUCT = (row, number) ->
            new Product(row.getLong("id"), row.getString("name"), row.getInt("stock"), LocalDate.of(2026, 1, 2));

    private final JdbcTemplate sql;
    private final Loads loads;
    private final Catalog self;

    Catalog(JdbcTemplate sql, Loads loads, @Lazy Catalog self) {
        this.sql = sql;
        this.loads = loads;
        this.self = self;
    }

    @Cacheable("product")
    @CachedView(entity = "product")
    public Product product(long id) {
        return read(id);
    }

    @Transactional
    @Cacheable("transactional")
    @CachedView(entity = "product")
    public Product inTransactionOfItsOwn(long id) {
        return read(id);
    }

    @Cacheable("found")
    @CachedView(entity = "product")
    public Optional<Product> find(long id) {
        return Optional.ofNullable(read(id));
    }

    @Cacheable("stock")
    @CachedView(entity = "product")
    public int stock(long id) {
        return read(id).stock();
    }

    @Cacheable("products")
    @CachedView(entity = "category", listOf = "product", id = "category")
    public List<Product> products(long category, int least) {
        loads.read();
        return sql.query(
                "select * from product where category = ? and stock >= ? order by id", PRODUCT, category, least);
    }

    @Cacheable(
            cacheNames = "keyed",
            key = "#wanted.id",
            condition = "#wanted.stock > 0",
            unless = "#result?.stock == 0")
    @CachedView(entity = "product")
    public Product like(Product wanted) {
        return read(wanted.id());
    }

    @Cacheable("page")
    @CachedView(entity = "category")
    public String page(long category) {
        CacheTags.add(TagOf.list("product", "category", category));
        return self.product(1).name() + " of " + category;
    }

    @Transactional(readOnly = true)
    public Product within(long id) {
        return self.product(id);
    }

    @Transactional
    public Product afterWriting(long id, int stock) {
        set(id, stock);
        return self.product(id);
    }

    @Transactional
    public void set(long id, int stock) {
        sql.update("update product set stock = ? where id = ?", stock, id);
    }

    private Product read(long id) {
        var found = sql.query("select * from product where id = ?", PRODUCT, id);
        loads.read();
        if (id < 0) {
            throw new IllegalStateException("no such id");
        }
        return found.isEmpty() ? null : found.get(0);
    }
}
