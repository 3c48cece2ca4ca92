// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.FaultProxy;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.model.key.Isolate;
import io.lettuce.core.KillArgs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory in front of Redis hears of all that changes there. The source of the values is {@code truth}. */
class NearCacheTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final EntryKey KEY = EntryKey.of(Isolate.of("u1"), "task", "42", "resolved");
    private static final String ENTRY = "ctx:{u1}:task:42:resolved";
    private static final String TAG_SET = "ctx:{u1}:~tag:branch:7/inherited";
    private static final String POSITION = "ctx:~position";

    private static RedisServer server;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger truth = new AtomicInteger(1);
    private RawRedis raw;
    private FreshetCache cache;

    @BeforeAll
    static void start() {
        server = RedisServer.start(RedisOptions.defaults().directive("maxmemory-policy volatile-lru"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws InterruptedException {
        raw = new RawRedis(server.uri());
        raw.redis.flushall();
        cache = FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .nearCache(1 << 20)
                // This test is of notices: no proof grows too old on a busy machine.
                .nearMaxAge(Duration.ofMinutes(10))
                .nearTtl(Duration.ofMinutes(10))
                .nearInterval(Duration.ofMillis(10))
                .meters(meters)
                .build();
    }

    @AfterEach
    void close() {
        cache.close();
        raw.close();
    }

    @Test
    void whatRedisAnsweredIsAnsweredFromMemoryThen() throws Exception {
        awaitNear();
        long asked = begins();
        for (int i = 0; i < 100; i++) {
            var result = read();
            assertThat(result.status()).isEqualTo(CacheStatus.NEAR);
            assertThat(result.json()).hasValue("1");
            assertThat(result.position()).contains(WalPosition.of("0/7"));
        }
        assertThat(begins()).isEqualTo(asked);
        assertThat(meters.get("freshet.cache.near.bytes").gauge().value()).isPositive();
        assertThat(meters.get("freshet.cache.near.proof.age").gauge().value()).isNotNegative();
    }

    static Stream<Named<Consumer<RawRedis>>> changes() {
        return Stream.of(
                Named.of("the entry is unlinked", raw -> raw.redis.unlink(ENTRY)),
                Named.of("the entry expires", raw -> raw.redis.pexpire(ENTRY, 1)),
                Named.of("the entry's tag set is deleted", raw -> raw.redis.del(TAG_SET)),
                Named.of("the entry's tag set is emptied", raw -> raw.redis.spop(TAG_SET)),
                Named.of("everything is flushed", raw -> raw.redis.flushall()),
                Named.of(
                        "everything is flushed by and by", raw -> raw.redis.flushall(io.lettuce.core.FlushMode.ASYNC)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeInRedisEndsIt(Consumer<RawRedis> change) throws Exception {
        awaitNear();
        truth.set(2);
        change.accept(raw);
        await().atMost(PATIENCE).until(() -> read().json().orElseThrow().equals("2"));
    }

    @Test
    void anEntryWhoseTagSetWasEvictedForMemoryDoesNotLiveOn() throws Exception {
        awaitFilled();
        // With policy volatile-lru what does not expire stays.
        raw.redis.persist(ENTRY);
        awaitNear();
        truth.set(2);
        raw.redis.configSet("maxmemory", "1");
        try {
            await().atMost(PATIENCE).until(() -> raw.redis.exists(TAG_SET) == 0);
            assertThat(raw.redis.exists(ENTRY)).isEqualTo(1);
            // An invalidation finds the entry under no tag now, and so tells nothing of it.
            await().atMost(PATIENCE).until(() -> read().json().orElseThrow().equals("2"));
        } finally {
            raw.redis.configSet("maxmemory", "0");
        }
    }

    @Test
    void anInvalidationThatArrivesWithTheAnswerWins() throws Exception {
        var reading = Executors.newSingleThreadExecutor();
        try (var proxy = new FaultProxy(server.host(), server.port());
                var slow = FreshetCache.builder()
                        .redis("redis://" + proxy.address())
                        .namespace("ctx")
                        .commandTimeout(Duration.ofSeconds(30))
                        .nearCache(1 << 20)
                        .nearMaxAge(Duration.ofMinutes(10))
                        .nearTtl(Duration.ofMinutes(10))
                        .nearInterval(Duration.ofMillis(10))
                        .build()) {
            var bounded = Consistency.bounded(Duration.ofDays(1));
            for (int round = 0; round < 10; round++) {
                raw.redis.del(POSITION);
                await().atMost(PATIENCE).until(() -> read(slow, bounded).status() == CacheStatus.BEHIND);
                await().atMost(PATIENCE).until(() -> read(slow).status() == CacheStatus.NEAR);
                proxy.holdAnswers();
                // Of this no proof can tell any more: the read asks Redis.
                raw.redis.hset(POSITION, "held-at", raw.redis.time().get(0) + "000000");
                long asked = scripts();
                var old = reading.submit(() -> read(slow, bounded));
                await().atMost(PATIENCE).until(() -> scripts() > asked);
                truth.incrementAndGet();
                evict();
                raw.redis.ping();
                proxy.releaseAnswers();
                assertThat(old.get().status()).isEqualTo(CacheStatus.HIT);
                await().atMost(PATIENCE)
                        .until(() -> read(slow).json().orElseThrow().equals("" + truth.get()));
            }
        } finally {
            reading.shutdownNow();
        }
    }

    @Test
    void anInvalidationBetweenReadingAndKeepingWins() throws Exception {
        var writer = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 300; round++) {
                awaitFilled();
                var change = writer.submit(() -> {
                    truth.incrementAndGet();
                    evict();
                });
                for (int i = 0; i < 20; i++) {
                    read();
                }
                change.get();
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .pollDelay(Duration.ZERO)
                        .until(() -> read().json().orElseThrow().equals("" + truth.get()));
            }
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void aSessionIsServedFromMemoryOnceThePositionIsProvedToHavePassedIt() throws Exception {
        raw.redis.hset(POSITION, "lsn", "0/9");
        awaitNear();
        await().atMost(PATIENCE).until(() -> read(session("0/9")).status() == CacheStatus.NEAR);
        assertThat(read(session("0/A")).status()).isEqualTo(CacheStatus.BEHIND);
        raw.redis.hset(POSITION, "lsn", "0/A");
        await().atMost(PATIENCE).until(() -> read(session("0/A")).status() == CacheStatus.NEAR);
    }

    @Test
    void aSessionNeverGetsFromMemoryWhatItsPositionHasEvicted() throws Exception {
        var writer = Executors.newSingleThreadExecutor();
        var committed = new AtomicInteger(1);
        try {
            var done = writer.submit(() -> {
                for (int n = 2; n < 1500; n++) {
                    truth.set(n);
                    committed.set(n);
                    evict();
                    raw.redis.hset(POSITION, "lsn", "0/" + Integer.toHexString(n));
                }
            });
            int near = 0;
            while (!done.isDone() || near == 0) {
                int known = committed.get();
                var result = read(session("0/" + Integer.toHexString(known)));
                assertThat(Integer.parseInt(result.json().orElseThrow())).isGreaterThanOrEqualTo(known);
                near += result.status() == CacheStatus.NEAR ? 1 : 0;
            }
            done.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void aBoundIsServedFromMemoryWhileItIsProvedToHold() throws Exception {
        var time = raw.redis.time();
        long now = Long.parseLong(time.get(0)) * 1_000_000;
        raw.redis.hset(POSITION, "held-at", "" + (now - 100_000_000));
        awaitNear();
        await().atMost(PATIENCE)
                .until(() -> read(Consistency.bounded(Duration.ofHours(1))).status() == CacheStatus.NEAR);
        assertThat(read(Consistency.bounded(Duration.ofSeconds(99))).status()).isEqualTo(CacheStatus.BEHIND);
        raw.redis.hset(POSITION, "held-at", "" + (now + 1_000_000_000));
        await().atMost(PATIENCE)
                .until(() -> read(Consistency.bounded(Duration.ofHours(1))).status() == CacheStatus.BEHIND);
    }

    @Test
    void strongAndUnknownPositionsAreNotServedFromMemory() throws Exception {
        awaitNear();
        assertThat(read(Consistency.strong()).status()).isEqualTo(CacheStatus.BYPASS);
        assertThat(read(session("0/0")).status()).isEqualTo(CacheStatus.BEHIND);
        assertThat(read(Consistency.bounded(Duration.ofDays(1))).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @Test
    void aNewConnectionIsTrackedAnewAndWhatWasKeptBeforeIsForgotten() throws Exception {
        for (int i = 2; i < 6; i++) {
            awaitNear();
            // The change comes in a moment when nobody listens: no notice of it will ever arrive.
            raw.redis.clientKill(KillArgs.Builder.typeNormal().skipme());
            truth.set(i);
            evict();
            await().atMost(PATIENCE).until(() -> read().json().orElseThrow().equals("" + truth.get()));
        }
    }

    @Test
    void absenceIsKeptToo() throws Exception {
        await().atMost(PATIENCE)
                .until(() ->
                        cache.get(KEY, () -> Loaded.absent(Tags.of("task:42"))).status() == CacheStatus.NEAR);
        assertThat(read().isPresent()).isFalse();
    }

    @Test
    void memoryIsBounded() throws Exception {
        var large = "\"" + "x".repeat(10_000) + "\"";
        for (int i = 0; i < 300; i++) {
            var key = EntryKey.of(Isolate.of("u1"), "task", "" + i, "own");
            for (int j = 0; j < 2; j++) {
                cache.get(key, () -> Loaded.of(large, Tags.of("task:1")));
            }
        }
        assertThat(meters.get("freshet.cache.near.bytes").gauge().value()).isBetween(500_000.0, 1_048_576.0);
    }

    @Test
    void refusesSettingsThatCannotWork() {
        var builder = FreshetCache.builder().namespace("ctx");
        assertThatThrownBy(() -> builder.nearCache(-1)).hasMessageContaining("nearCache -1");
        assertThatThrownBy(() -> builder.nearMaxAge(Duration.ZERO)).hasMessageContaining("nearMaxAge");
        assertThatThrownBy(() -> builder.warming(-1, 1)).hasMessageContaining("-1 loads");
        assertThatThrownBy(() -> builder.maxLoads(0, Duration.ZERO)).hasMessageContaining("maxLoads 0");
        assertThatThrownBy(() -> builder.redis("redis-cluster://127.0.0.1:1,127.0.0.1:2")
                        .nearCache(1)
                        .build())
                .hasMessageContaining("not a Cluster");
        assertThatThrownBy(() -> builder.redis("redis://127.0.0.1:1")
                        .nearCache(0)
                        .warming(1, 1)
                        .build())
                .hasMessageContaining("warming needs a near cache");
    }

    /** Why a proof takes two questions: see Tracker. */
    @Test
    void redisSendsTheNoticesOfATurnBehindItsAnswers() throws Exception {
        try (var socket = new Socket(server.host(), server.port())) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            send(socket, "HELLO 3\r\nCLIENT TRACKING ON BCAST PREFIX k\r\nECHO ready\r\n");
            while (!in.readLine().equals("ready")) {
                Thread.onSpinWait();
            }
            send(socket, "SET k v\r\nECHO first\r\n");
            assertThat(Stream.generate(() -> line(in)).limit(4)).containsExactly("+OK", "$5", "first", ">2");
        }
    }

    private static void send(Socket socket, String commands) throws IOException {
        socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(BufferedReader in) {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the invalidator does where it fences every tag of an owner. */
    private void evict() {
        raw.redis.del("ctx:{u1}:~fences");
        raw.redis.unlink(ENTRY);
    }

    private void awaitFilled() throws InterruptedException {
        while (read().status() == CacheStatus.MISS) {
            Thread.onSpinWait();
        }
    }

    private void awaitNear() {
        await().atMost(PATIENCE).until(() -> read().status() == CacheStatus.NEAR);
    }

    /** How many scripts Redis has run. */
    private long scripts() {
        var calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)").matcher(raw.redis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    private CacheResult read(FreshetCache from) throws InterruptedException {
        return read(from, Consistency.eventual());
    }

    private CacheResult read() throws InterruptedException {
        return read(Consistency.eventual());
    }

    private CacheResult read(Consistency level) throws InterruptedException {
        return read(cache, level);
    }

    private CacheResult read(FreshetCache from, Consistency level) throws InterruptedException {
        return from.get(
                KEY,
                level,
                () -> Loaded.of("" + truth.get(), Tags.of("task:42", "branch:7/inherited"))
                        .at("0/7", "1:1:"));
    }

    private static Consistency session(String position) {
        return Consistency.session(WalPosition.of(position));
    }

    private long begins() {
        return meters.get("freshet.cache.redis")
                .tag("operation", "begin")
                .timer()
                .count();
    }
}
