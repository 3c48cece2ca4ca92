// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.Tag;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of an owned row purge only its owner's tags. So what readers cache as shared must not count as covered. */
@WithPostgres
@WithRedis
class OwnedRowsTest {
    private static final List<Tag> TAGS = List.of(Tag.row("item", List.of("1")));

    @ParameterizedTest
    @CsvSource({"owned_always, text NOT NULL, false", "owned_often, text, true", "owned_domain, owner_name, false"})
    void whatIsSharedIsCachedOnlyWhereRowsMayLackTheirOwner(
            String slot, String type, boolean cached, TestDatabase database, RedisServer redis) throws Exception {
        database.execute(
                "DROP DOMAIN IF EXISTS owner_name CASCADE",
                "CREATE DOMAIN owner_name AS text NOT NULL",
                "CREATE TABLE " + slot + " (id int PRIMARY KEY, owner " + type + ", name text)",
                "ALTER TABLE " + slot + " REPLICA IDENTITY FULL",
                "INSERT INTO " + slot + " VALUES (1, 'u1', 'old')");
        try (var run = new RunFixture(
                                database,
                                redis.uri(),
                                slot,
                                database.jdbcUrl(),
                                Duration.ofSeconds(30),
                                "  item: { table: " + slot + ", id: id, isolate: owner, tags: true }\n")
                        .startAndStream();
                var cache = run.reader().build()) {
            var shared = CacheView.json("item", "own").key("1");
            var owned = CacheView.json("item", "own").key("1").ownedBy("u1");
            for (var key : List.of(shared, owned)) {
                read(cache, key, "\"old\"");
            }
            assertThat(read(cache, owned, "\"old\"")).isEqualTo(CacheStatus.HIT);
            assertThat(read(cache, shared, "\"old\"")).isEqualTo(cached ? CacheStatus.HIT : CacheStatus.UNCOVERED);

            run.execute("UPDATE " + slot + " SET name = 'new'");
            run.awaitPublished();
            await().atMost(RunFixture.PATIENCE).until(() -> read(cache, owned, "\"new\"") != CacheStatus.HIT);
            assertThat(read(cache, owned, "\"new\"")).isEqualTo(CacheStatus.HIT);
        }
    }

    private static CacheStatus read(FreshetCache cache, EntryKey<String> key, String value)
            throws InterruptedException {
        return cache.get(key, () -> Loaded.of(value, TAGS)).status();
    }
}
