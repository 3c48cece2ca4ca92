// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cursor of one server means nothing to another. */
@WithRedis
class SweepTest {
    private static final int KEYS = 5000;

    @Test
    void aSweepBeginsAnewIfTheMasterChangedMeanwhile(RedisServer first) throws Exception {
        try (var second = RedisServer.start();
                var proxy = new FaultProxy(first.host(), first.port());
                var one = new RawRedis(first.uri());
                var other = new RawRedis(second.uri());
                var evictor = new Evictor(
                        new EvictorSettings("redis://" + proxy.address(), new CacheKeys("ctx")),
                        new SimpleMeterRegistry())) {
            fill(one);
            fill(other);
            var led = proxy.failAt(
                    FaultProxy.Moment.AFTER,
                    request -> request.contains("SCAN"),
                    3,
                    () -> proxy.lead(second.host(), second.port()));

            evictor.evict(List.of(Evictions.keys("customer:*")));

            assertThat(led.struck()).isTrue();
            assertThat(one.redis.dbsize()).isPositive();
            assertThat(other.redis.dbsize()).isZero();
        }
    }

    private static void fill(RawRedis redis) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < KEYS; i++) {
            values.put("customer:" + i, "x");
        }
        redis.redis.mset(values);
    }
}
