// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import static dev.freshet.redis.Links.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.freshet.devservices.RedisSentinel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SentinelLinkTest {
    @Test
    void askingTheSentinelsIsNoConnectionThatCounts() throws Exception {
        var connections = new AtomicInteger();
        try (var redis = RedisSentinel.start();
                var link = Links.of(redis.uri(), connections::incrementAndGet)) {
            link.open(PATIENCE);
            link.commands().set("a", "1").get();
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).untilAtomic(connections, equalTo(1));
        }
    }

    @Test
    void itLeavesAMasterThatWasReplacedThoughThatLives() throws Exception {
        try (var redis = RedisSentinel.start();
                var link = Links.open(redis.uri())) {
            link.commands().set("a", "1").get();
            assertThat(link.masters())
                    .singleElement()
                    .satisfies(master -> assertThat(master.positionIndex()).isEmpty());
            var standing = link.commands();
            var second = redis.failOver();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> port(link) == second.port());
            assertThat(link.commands()).isNotSameAs(standing);
        }
    }

    @Test
    void itFollowsWhenTheMasterIsKilledAndKeepsTheOldConnectionAsLongAsItIsRight() throws Exception {
        try (var redis = RedisSentinel.start();
                var link = Links.open(redis.uri())) {
            var standing = link.commands();
            var second = redis.replica();
            redis.master().kill();
            redis.awaitMaster(second);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> port(link) == second.port());
            // Seconds have passed, in which the Sentinels were asked several times: the same one reconnected.
            assertThat(link.commands()).isSameAs(standing);
        }
    }

    private static int port(RedisLink<String, String> link) throws Exception {
        return link.commands()
                .info("server")
                .get()
                .lines()
                .filter(line -> line.startsWith("tcp_port:"))
                .map(line -> Integer.parseInt(line.substring(9).strip()))
                .findFirst()
                .orElseThrow();
    }
}
