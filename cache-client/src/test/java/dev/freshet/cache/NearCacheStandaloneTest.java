// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.fault.FaultProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** And what can be seen of one server alone. */
final class NearCacheStandaloneTest extends NearCacheTest {
    private final RedisServer redis;

    NearCacheStandaloneTest(RedisServer redis) {
        super(redis.uri(), List.of(redis.uri()), 1500);
        this.redis = redis;
    }

    @Test
    void anInvalidationThatArrivesWithTheAnswerWins() throws Exception {
        var reading = Executors.newSingleThreadExecutor();
        try (var proxy = new FaultProxy(redis.host(), redis.port());
                var slow = builder("redis://" + proxy.address()).build()) {
            var bounded = Consistency.bounded(Duration.ofDays(1));
            for (int round = 0; round < 10; round++) {
                raw.redis.hdel(position, "lsn", "held-at");
                await().atMost(PATIENCE).until(() -> read(slow, bounded).status() == CacheStatus.BEHIND);
                await().atMost(PATIENCE).until(() -> read(slow).status() == CacheStatus.NEAR);
                proxy.holdAnswers();
                // Of this no proof can tell any more: the read asks Redis.
                raw.redis.hset(position, "held-at", raw.redis.time().get(0) + "000000");
                long asked = scripts();
                var old = reading.submit(() -> read(slow, bounded));
                await().atMost(PATIENCE).until(() -> scripts() > asked);
                truth.incrementAndGet();
                evict();
                raw.redis.ping();
                proxy.releaseAnswers();
                assertThat(old.get().status()).isEqualTo(CacheStatus.HIT);
                await().atMost(PATIENCE)
                        .until(() -> read(slow).value().orElseThrow().equals("" + truth.get()));
            }
        } finally {
            reading.shutdownNow();
        }
    }

    @Test
    void memoryIsBounded() throws Exception {
        var large = "\"" + "x".repeat(10_000) + "\"";
        for (int i = 0; i < 300; i++) {
            var key = CacheView.json("task", "own").key("" + i).ownedBy("u1");
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
        assertThatThrownBy(() -> builder.redis("redis://127.0.0.1:1")
                        .nearCache(0)
                        .warming(1, 1)
                        .build())
                .hasMessageContaining("warming needs a near cache");
    }

    /** Why a proof takes two questions: see Tracker. */
    @Test
    void redisSendsTheNoticesOfATurnBehindItsAnswers() throws Exception {
        try (var socket = new Socket(redis.host(), redis.port())) {
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

    /** How many scripts Redis has run. */
    private long scripts() {
        var calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)").matcher(raw.redis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
}
