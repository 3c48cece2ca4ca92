// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@FreshetTest(mapping = "src/test/resources/shop.yaml", schema = "src/test/resources/shop.sql")
class FreshetTestTest {
    private static final EntryKey<String> KEY = CacheView.json("product", "own").key(1);

    private final FreshetServers servers;
    private final DataSource database;
    private final FreshetCache cache;

    FreshetTestTest(FreshetServers servers, DataSource database, FreshetCache cache) {
        this.servers = servers;
        this.database = database;
        this.cache = cache;
    }

    @Test
    void aCommittedChangeIsEvictedOnceItSettles() throws SQLException {
        read();
        assertThat(read()).isEqualTo(CacheStatus.HIT);
        run("update product set name = name || '!' where id = 1");
        var position = servers.settle();
        assertThat(read()).isEqualTo(CacheStatus.MISS);
        assertThat(cache.at(Consistency.session(position)).get(KEY, this::load).status())
                .isEqualTo(CacheStatus.HIT);
        run("update product set name = name || '!' where id = 1");
        servers.awaitEvicted(KEY);
    }

    @Nested
    class Inside {
        @Test
        void aNestedClassHasTheSameServers(FreshetServers same, FreshetCacheBuilder builder) throws SQLException {
            assertThat(same).isSameAs(servers);
            try (var other = builder.build()) {
                read();
                assertThat(other.get(KEY, FreshetTestTest.this::load).status()).isEqualTo(CacheStatus.HIT);
            }
        }
    }

    private CacheStatus read() throws SQLException {
        return cache.get(KEY, this::load).status();
    }

    private Loaded<String> load() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select to_json(name)::text from product where id = 1")) {
            return row.next() ? Loaded.of(row.getString(1)) : Loaded.absent();
        }
    }

    private void run(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
