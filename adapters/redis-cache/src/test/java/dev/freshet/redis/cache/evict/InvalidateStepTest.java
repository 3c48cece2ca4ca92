// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.Isolate;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.cache.Evictions;
import dev.freshet.redis.cache.pipeline.Limits;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Redis holds between two calls of one eviction. */
@WithRedis
class InvalidateStepTest {
    private static final Isolate U1 = Isolate.of("u1");
    private static final String FENCES = "ctx:{u1}:~fences";

    private final RedisServer server;
    private final RawRedis raw;

    InvalidateStepTest(RedisServer server) {
        this.server = server;
        raw = new RawRedis(server.uri());
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
    }

    @AfterEach
    void close() {
        raw.close();
    }

    @Test
    void theFenceStandsBeforeTheFirstEntryGoes() throws Exception {
        double now = System.currentTimeMillis() * 1000.0;
        raw.redis.zadd(FENCES, now, "~created");
        raw.redis.zadd(FENCES, now, "~clock");
        for (int id = 0; id < 50; id++) {
            raw.redis.set("ctx:{u1}:e:" + id, "x");
            raw.redis.sadd("ctx:{u1}:~tag:a:1", "ctx:{u1}:e:" + id);
        }
        // One entry a call and no second call: what Redis holds between two calls.
        var tally = new ReportBuilder();
        var step = new InvalidateStep(
                "ctx:{u1}:",
                List.of(tagged("a:1"), tagged("b:2")),
                new Limits(1, 10, 1, 10, 100, Duration.ofMinutes(5), Duration.ofSeconds(30)),
                tally);
        var patience = Duration.ofSeconds(30);
        var settings = new LinkSettings(RedisAddress.parse(server.uri()), "invalidate-test", patience, patience, 100);
        try (var link = new RedisLink<>(settings, ByteArrayCodec.INSTANCE, () -> {})) {
            link.open(patience);
            var left =
                    step.accept(step.send(link.commands()).toCompletableFuture().get());
            assertThat(raw.redis.scard("ctx:{u1}:~tag:a:1")).isEqualTo(49);
            assertThat(raw.redis.zscore(FENCES, "a:1")).isNotNull();
            assertThat(raw.redis.zscore(FENCES, "b:2")).isNotNull();
            assertThat(((InvalidateStep) left).tags()).hasSize(2);
        }
    }

    private static TagTarget tagged(String tag) {
        return new TagTarget(tag, new Target(Evictions.tag(U1, tag)));
    }
}
