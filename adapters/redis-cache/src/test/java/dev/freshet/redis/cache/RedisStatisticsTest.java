// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.protocol.CacheKeys;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisStatisticsTest {

    @Test
    void tellsMemoryAndTrafficAndThatNothingIsKnownWhileRedisIsAway() throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var server = RedisServer.start(RedisOptions.defaults().directive("maxmemory 50mb"));
                var raw = new RawRedis(server.uri());
                var evictor = new Evictor(new EvictorSettings(server.uri(), new CacheKeys("ctx")), registry)) {
            evictor.masters();
            raw.redis.get("missing");
            evictor.showStatistics(Duration.ofMillis(50), registry);
            await().atMost(PATIENCE).until(() -> value(registry, "freshet.redis.keyspace.misses") >= 1);
            assertThat(value(registry, "freshet.redis.memory.max")).isEqualTo(50.0 * (1 << 20));
            assertThat(value(registry, "freshet.redis.memory.used")).isPositive();
            assertThat(value(registry, "freshet.redis.net.input")).isPositive();
            assertThat(value(registry, "freshet.redis.keys.evicted")).isZero();
            assertThat(registry.scrape())
                    .contains("freshet_redis_memory_used_bytes ")
                    .contains("freshet_redis_net_input_bytes_total ")
                    .contains("freshet_redis_keyspace_hits_total ");

            server.stop();
            await().atMost(PATIENCE).until(() -> Double.isNaN(value(registry, "freshet.redis.memory.used")));
            server.resume();
            await().atMost(PATIENCE).until(() -> value(registry, "freshet.redis.memory.used") > 0);
        }
    }

    private static double value(PrometheusMeterRegistry registry, String name) {
        return registry.get(name).meter().measure().iterator().next().getValue();
    }
}
