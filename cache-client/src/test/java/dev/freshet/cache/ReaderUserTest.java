// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.protocol.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The user that {@code deploy/redis/users.acl} gives to readers may do all that a cache does, and no more. */
class ReaderUserTest {
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");

    @Test
    void theDeployedUserOfRedisSuffices() throws Exception {
        var line = Files.readAllLines(Path.of("../deploy/redis/users.acl")).stream()
                .filter(user -> user.startsWith("user reader "))
                .findFirst()
                .orElseThrow()
                .replace("#@READER_SHA256@", ">s3cret")
                .replace("@NAMESPACE@", "ctx")
                // Since Redis 7.2; what is said with it is not needed.
                .replace(" +client|setinfo", "");
        try (var server = RedisServer.start(RedisOptions.defaults().directive(line));
                var cache = FreshetCache.builder()
                        .redis(server.uri())
                        .credentials("reader", "s3cret")
                        .namespace("ctx")
                        .commandTimeout(Duration.ofSeconds(30))
                        .nearCache(1 << 20)
                        .nearMaxAge(Duration.ofMinutes(10))
                        .nearInterval(Duration.ofMillis(10))
                        .warming(100, 1)
                        .leases(Duration.ofSeconds(5))
                        .build();
                var raw = new RawRedis(server.uri())) {
            Contracts.promise(raw);
            assertThat(read(cache)).isEqualTo(CacheStatus.MISS);
            assertThat(read(cache)).isEqualTo(CacheStatus.HIT);
            await().atMost(PATIENCE).until(() -> read(cache) == CacheStatus.NEAR);
            raw.redis.del("ctx:{u1}:~tag:task:42");
            await().atMost(PATIENCE).until(() -> read(cache) == CacheStatus.MISS);
            var session = Consistency.session(WalPosition.of("0/1"));
            assertThat(cache.at(session)
                            .get(KEY, () -> Loaded.of("1", Tags.of("task:42")))
                            .status())
                    .isEqualTo(CacheStatus.BEHIND);
            var bound = Consistency.bounded(Duration.ofMillis(500));
            assertThat(cache.at(bound)
                            .get(KEY, () -> Loaded.of("1", Tags.of("task:42")))
                            .status())
                    .isEqualTo(CacheStatus.BEHIND);
            assertThat(raw.redis.hget("ctx:~position", "wanted")).isEqualTo("500000");
            var told = List.of(Tag.told("weather", List.of("berlin")));
            cache.get(CacheView.json("city", "weather").key("berlin").ownedBy("u1"), () -> Loaded.of("1", told));
            assertThat(raw.redis.exists("ctx:{u1}:city:berlin:weather")).isEqualTo(1);
            cache.invalidate(KEY.isolate(), told);
            assertThat(raw.redis.exists("ctx:{u1}:city:berlin:weather")).isZero();
            var failing = CacheView.json("task", "own").key("43").ownedBy("u1");
            assertThatThrownBy(() -> cache.get(failing, () -> {
                        assertThat(raw.redis.exists("ctx:{u1}:~lease:task:43:own"))
                                .isEqualTo(1);
                        throw new IllegalStateException("no database");
                    }))
                    .hasMessage("no database");
            await().atMost(PATIENCE).until(() -> raw.redis.exists("ctx:{u1}:~lease:task:43:own") == 0);
            assertThat(raw.redis.clientList()).contains("user=reader");
        }
    }

    private static CacheStatus read(FreshetCache cache) throws InterruptedException {
        return cache.get(KEY, () -> Loaded.of("1", Tags.of("task:42"))).status();
    }
}
