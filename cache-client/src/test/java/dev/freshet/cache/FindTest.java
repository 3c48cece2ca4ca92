// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RedisServer;
import dev.freshet.protocol.Contract;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads that never load, values that are never stored, and what an invalidator has published. */
class FindTest extends CachesOnRedis {
    private static final EntryKey<String> KEY = CacheView.json("task", "own").key(42);

    private final FreshetCache cache;

    FindTest(RedisServer server) {
        super(server);
        cache = open(builder());
    }

    @Test
    void findAnswersWhatTheCacheHasAndNothingElse() {
        assertThat(cache.find(KEY)).isEmpty();
        assertThat(raw.redis.exists("ctx:{~}:task:42:own")).isZero();
        cache.get(KEY, () -> Loaded.of("1"));
        assertThat(cache.find(KEY)).get().satisfies(found -> {
            assertThat(found.status()).isEqualTo(CacheStatus.HIT);
            assertThat(found.value()).hasValue("1");
        });
        assertThat(cache.at(Consistency.session(WalPosition.of("0/1"))).find(KEY))
                .isEmpty();
        assertThat(cache.at(Consistency.strong()).find(KEY)).isEmpty();
    }

    @Test
    void findKnowsWhatDoesNotExist() {
        cache.get(KEY, Loaded::absent);
        assertThat(cache.find(KEY)).get().matches(found -> !found.isPresent());
    }

    @Test
    void whatIsNotToBeStoredIsAnsweredAndCounted() {
        for (int i = 1; i <= 2; i++) {
            var value = Integer.toString(i);
            var read = cache.get(KEY, () -> Loaded.of(value).unstored());
            assertThat(read.value()).hasValue(value);
            assertThat(read.status()).isEqualTo(CacheStatus.BYPASS);
        }
        assertThat(cache.find(KEY)).isEmpty();
        assertThat(meters.get("freshet.cache.fills.refused")
                        .tag("reason", "unwanted")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void whatTheInvalidatorHasPublishedIsTold() {
        assertThat(cache.published()).get().satisfies(published -> {
            assertThat(published.contract()).map(Contract::owner).hasValue("nobody");
            assertThat(published.position()).isEmpty();
        });
        raw.redis.hset("ctx:~position", Map.of("lsn", "0/1A", "system", "7", "updated-at", "1000001"));
        assertThat(cache.published()).get().satisfies(published -> {
            assertThat(published.position()).hasValue(WalPosition.of("0/1A@7"));
            assertThat(published.updatedAt()).hasValue(Instant.parse("1970-01-01T00:00:01.000001Z"));
        });
    }
}
