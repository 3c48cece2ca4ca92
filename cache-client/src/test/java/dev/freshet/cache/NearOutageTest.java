// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.fault.FaultProxy;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads go on from memory while Redis is away, for as long as is allowed; none of it survives the reconnect. */
class NearOutageTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");

    private final AtomicInteger truth = new AtomicInteger(1);
    private final RedisServer server = promised();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsGoOnFromMemoryAndNoneOfItSurvivesTheReconnect() throws Exception {
        try (var raw = new RawRedis(server.uri());
                var cache = builder()
                        .nearMaxAge(Duration.ofMillis(500))
                        .outageMaxAge(LONG)
                        .build()) {
            long now = Long.parseLong(raw.redis.time().get(0)) * 1_000_000;
            raw.redis.hset("ctx:~position", "lsn", "0/9");
            raw.redis.hset("ctx:~position", "held-at", "" + now);
            await().atMost(PATIENCE).until(() -> read(cache, session("0/9")).status() == CacheStatus.NEAR);

            server.kill();
            await().atMost(PATIENCE).until(() -> read(cache).status() == CacheStatus.MEMORY);
            truth.set(2);
            assertThat(read(cache).value()).hasValue("1");
            assertThat(read(cache, session("0/9")).status()).isEqualTo(CacheStatus.MEMORY);
            assertThat(read(cache, session("0/A")).status()).isEqualTo(CacheStatus.BYPASS);
            assertThat(read(cache, Consistency.bounded(LONG)).status()).isEqualTo(CacheStatus.MEMORY);
            assertThat(read(cache, Consistency.strong()).value()).hasValue("2");

            server.resume();
            Contracts.promise(server.uri());
            await().atMost(PATIENCE).until(() -> read(cache).status() == CacheStatus.NEAR);
            assertThat(read(cache).value()).hasValue("2");
            assertThat(read(cache, session("0/9")).status()).isEqualTo(CacheStatus.BEHIND);
        }
    }

    /** What is kept of the next one before it is tracked, and what its position is, the proof knows nothing of. */
    @Test
    void aProofOfAFormerServerIsNoneOfTheNextOne() throws Exception {
        try (var other = promised();
                var raw = new RawRedis(server.uri());
                var past = new RawRedis(other.uri());
                var proxy = new FaultProxy(server.host(), server.port());
                var before = FreshetCache.builder()
                        .redis(other.uri())
                        .namespace("ctx")
                        .build();
                var cache = FreshetCache.builder()
                        .redis("redis://" + proxy.address())
                        .namespace("ctx")
                        .nearCache(1 << 20)
                        .nearTtl(LONG)
                        .nearMaxAge(LONG)
                        .outageMaxAge(LONG)
                        .nearInterval(Duration.ofMillis(20))
                        .build()) {
            past.redis.hset("ctx:~position", "lsn", "0/5");
            truth.set(0);
            assertThat(read(before).status()).isEqualTo(CacheStatus.MISS);
            // So nothing replaces the former proof.
            past.redis.aclSetuser(
                    "default", AclSetuserArgs.Builder.removeCommand(CommandType.CLIENT, CommandKeyword.TRACKING));
            truth.set(1);
            raw.redis.hset("ctx:~position", "lsn", "0/9");
            await().atMost(PATIENCE).until(() -> read(cache, session("0/9")).status() == CacheStatus.NEAR);

            proxy.lead(other.host(), other.port());
            await().atMost(PATIENCE)
                    .until(() -> read(cache).value().orElseThrow().equals("0"));

            assertThat(read(cache).status()).isEqualTo(CacheStatus.HIT);
            var session = read(cache, session("0/9"));
            assertThat(session.value()).hasValue("1");
            assertThat(session.status()).isEqualTo(CacheStatus.BEHIND);
        }
    }

    @Test
    void memoryIsUsedNoLongerThanIsAllowed() throws Exception {
        try (var cache = builder()
                .nearMaxAge(Duration.ofMillis(200))
                .outageMaxAge(Duration.ofMillis(400))
                .build()) {
            await().atMost(PATIENCE).until(() -> read(cache).status() == CacheStatus.NEAR);
            server.kill();
            truth.set(2);
            await().atMost(PATIENCE).until(() -> read(cache).status() == CacheStatus.BYPASS);
            for (int i = 0; i < 100; i++) {
                assertThat(read(cache).value()).hasValue("2");
            }
        }
    }

    @Test
    void aBoundIsKeptWhileRedisIsAway() throws Exception {
        try (var raw = new RawRedis(server.uri());
                var cache = builder()
                        .nearMaxAge(Duration.ofMillis(200))
                        .outageMaxAge(LONG)
                        .build()) {
            var bound = Consistency.bounded(Duration.ofSeconds(3));
            await().atMost(PATIENCE).until(() -> {
                var time = raw.redis.time();
                raw.redis.hset(
                        "ctx:~position",
                        "held-at",
                        "" + (Long.parseLong(time.get(0)) * 1_000_000 + Long.parseLong(time.get(1))));
                return read(cache, bound).status() == CacheStatus.NEAR;
            });
            long heldAt = System.nanoTime();
            server.kill();
            truth.set(2);
            await().atMost(PATIENCE).until(() -> read(cache, bound).status() == CacheStatus.BYPASS);
            assertThat(System.nanoTime() - heldAt).isLessThan(PATIENCE.toNanos());
            assertThat(read(cache, bound).value()).hasValue("2");
            assertThat(read(cache).status()).isEqualTo(CacheStatus.MEMORY);
        }
    }

    @Test
    void aConnectionThatFellSilentProvesNothing() throws Exception {
        try (var raw = new RawRedis(server.uri());
                var proxy = new FaultProxy(server.host(), server.port());
                var cache = FreshetCache.builder()
                        .redis("redis://" + proxy.address())
                        .namespace("ctx")
                        .commandTimeout(Duration.ofMillis(300))
                        .breakerPause(Duration.ofMillis(50))
                        .nearCache(1 << 20)
                        .nearTtl(LONG)
                        .nearMaxAge(Duration.ofMillis(300))
                        .outageMaxAge(Duration.ofMillis(300))
                        .nearInterval(Duration.ofMillis(20))
                        .build()) {
            await().atMost(PATIENCE).until(() -> read(cache).status() == CacheStatus.NEAR);
            proxy.silence();
            truth.set(2);
            raw.redis.unlink("ctx:{u1}:task:42:own");
            await().atMost(PATIENCE)
                    .until(() -> read(cache).value().orElseThrow().equals("2"));
            await().atMost(PATIENCE).until(() -> read(cache).status() == CacheStatus.NEAR);
            assertThat(read(cache).value()).hasValue("2");
        }
    }

    private static RedisServer promised() {
        var server = RedisServer.start();
        Contracts.promise(server.uri());
        return server;
    }

    private FreshetCacheBuilder builder() {
        return FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(5))
                .nearCache(1 << 20)
                .nearTtl(LONG)
                .nearInterval(Duration.ofMillis(20));
    }

    private static Consistency session(String position) {
        return Consistency.session(WalPosition.of(position));
    }

    private CacheResult<String> read(FreshetCache cache) throws InterruptedException {
        return read(cache, Consistency.eventual());
    }

    private CacheResult<String> read(FreshetCache cache, Consistency level) throws InterruptedException {
        return cache.at(level).get(KEY, () -> Loaded.of("" + truth.get(), Tags.of("task:42")));
    }
}
