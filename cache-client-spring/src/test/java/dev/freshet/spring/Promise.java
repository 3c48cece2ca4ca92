// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import java.util.HashMap;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an invalidator of the tests' database promises, where none runs. */
final class Promise {
    private static final Set<String> KINDS = Set.of("product", "category", "category/product");

    private Promise() {}

    /** Of whatever database. */
    static void give(RawRedis raw) {
        raw.promise("shop", new Contract("nobody", "c0ffee", new Coverage(KINDS, Set.of())).fields());
    }

    /** Nobody keeps it: what a test evicts is evicted, and no position is published. */
    static void give(RawRedis raw, TestDatabase database) {
        var fields = new HashMap<>(new Contract("nobody", "c0ffee", new Coverage(KINDS, Set.of())).fields());
        new JdbcTemplate(database.dataSource())
                .queryForMap("select system_identifier::text as system, current_database()::text as database"
                        + " from pg_control_system()")
                .forEach((name, value) -> fields.put(name, value.toString()));
        raw.promise("shop", fields);
    }
}
