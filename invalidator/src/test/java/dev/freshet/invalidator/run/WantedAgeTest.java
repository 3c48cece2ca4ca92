// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On an idle system, readers are answered from the cache even if their bound is shorter than the heartbeat. */
@WithPostgres
@WithRedis
@Timeout(180)
class WantedAgeTest {
    private static final EntryKey<String> KEY = CacheView.json("item", "own").key("1");

    @ParameterizedTest
    @CsvSource({"500, 0", "500, 1048576", "900, 0"})
    void aBoundBelowTheHeartbeatIsServedFromTheCache(
            long boundMillis, long nearBytes, TestDatabase database, RedisServer redis) throws Exception {
        String slot = "wanted_" + boundMillis + "_" + nearBytes;
        database.execute("CREATE TABLE " + slot + " (id int PRIMARY KEY)");
        try (var run = new RunFixture(
                                database,
                                redis.uri(),
                                slot,
                                database.jdbcUrl(),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(1),
                                "  item: { table: " + slot + ", id: id, tags: true }\n")
                        .startAndStream();
                var cache = run.reader().nearCache(nearBytes).build()) {
            var bound = Consistency.bounded(Duration.ofMillis(boundMillis));
            var inARow = new AtomicInteger();
            // Longer than two heartbeats, of each of which the second half would be too old for half a second.
            await().atMost(RunFixture.PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> inARow.updateAndGet(n -> fromCache(cache, bound) ? n + 1 : 0) >= 120);
            // Each marker for readers is one more commit, so there must not be more than needed.
            assertThat(Long.parseLong(run.position("wanted"))).isEqualTo(boundMillis * 1000);
        }
    }

    private static boolean fromCache(FreshetCache cache, Consistency bound) {
        var status = cache.at(bound).get(KEY, () -> Loaded.of("1")).status();
        return status == CacheStatus.HIT || status == CacheStatus.NEAR;
    }
}
