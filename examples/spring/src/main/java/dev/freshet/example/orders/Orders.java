// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.orders;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders: plain SQL, and no word of a cache. */
@Service
public class Orders {
    private final JdbcTemplate sql;

    public Orders(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Returns how much is left. */
    @Transactional
    public int order(long product) {
        return sql.queryForObject(
                "update product set stock = stock - 1 where id = ? returning stock", Integer.class, product);
    }
}
