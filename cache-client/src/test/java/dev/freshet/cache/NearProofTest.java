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
import dev.freshet.devservices.junit.WithRedis;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Redis sends the notices of a turn of its event loop behind the answers of that turn. */
@WithRedis
class NearProofTest {
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");
    private static final String NOTICE = ">2\r\n$10\r\ninvalidate";

    private final AtomicInteger truth = new AtomicInteger(1);
    private final RedisServer server;

    NearProofTest(RedisServer server) {
        this.server = server;
    }

    /** The answer tells the position behind an eviction; the notice of that eviction is still on its way. */
    @Test
    void anAnswerThatOvertakesANoticeProvesNothing() throws Exception {
        try (var raw = new RawRedis(server.uri());
                var invalidator = new Socket(server.host(), server.port());
                var proxy = new FaultProxy(server.host(), server.port());
                var cache = near(proxy).build()) {
            raw.redis.flushall();
            Contracts.promise(raw);
            raw.redis.hset("ctx:~position", "lsn", "0/1");
            await().atMost(PATIENCE).until(() -> read(cache, "0/1").status() == CacheStatus.NEAR);
            truth.set(2);
            proxy.holdAnswersFrom(NOTICE);
            // What comes while clients are paused is dealt with in one turn, in the order in which it came.
            var question = proxy.failAt(FaultProxy.Moment.NEVER, request -> request.contains("HMGET"), 1, () -> {
                raw.redis.clientPause(200);
                send(invalidator, "UNLINK ctx:{u1}:task:42:own\r\nHSET ctx:~position lsn 0/2\r\n");
            });
            await().atMost(PATIENCE).until(question::struck);
            for (int i = 0; i < 3; i++) {
                var result = read(cache, "0/2");
                assertThat(result.value()).as("%s", result.status()).hasValue("2");
            }
            proxy.releaseAnswers();
            await().atMost(PATIENCE).until(() -> read(cache, "0/2").status() == CacheStatus.NEAR);
            assertThat(read(cache, "0/2").value()).hasValue("2");
        }
    }

    /** Redis had begun to tell of changes when the question for it timed out; what was read before has changed by then. */
    @Test
    void whatWasReadBeforeATrackingWhoseAnswerIsLateIsNotBelieved() throws Exception {
        var meters = new SimpleMeterRegistry();
        try (var own = RedisServer.start();
                var raw = new RawRedis(own.uri());
                var filler =
                        FreshetCache.builder().redis(own.uri()).namespace("ctx").build();
                var proxy = new FaultProxy(own.host(), own.port())) {
            Contracts.promise(raw);
            raw.redis.hset("ctx:~position", "lsn", "0/1");
            read(filler, "0/1");
            // The contract is heard of meanwhile: with the first one all is forgotten anyway.
            raw.redis.aclSetuser(
                    "default", AclSetuserArgs.Builder.removeCommand(CommandType.CLIENT, CommandKeyword.TRACKING));
            var refused = proxy.failAt(FaultProxy.Moment.NEVER, sent -> sent.contains("TRACKING"), 2, () -> {});
            try (var cache = near(proxy).meters(meters).build()) {
                await().atMost(PATIENCE).until(refused::struck);
                var asked = struckBy(proxy, "GETREDIR", proxy::holdAnswers);
                await().atMost(PATIENCE).until(asked::struck);
                raw.redis.aclSetuser(
                        "default", AclSetuserArgs.Builder.addCommand(CommandType.CLIENT, CommandKeyword.TRACKING));
                String before = scripts(raw);
                var first = CompletableFuture.supplyAsync(() -> read(cache, "0/1"));
                await().atMost(PATIENCE).until(() -> !scripts(raw).equals(before));
                var tracking = struckBy(proxy, "TRACKING", () -> {
                    truth.set(2);
                    raw.redis.unlink("ctx:{u1}:task:42:own");
                    raw.redis.hset("ctx:~position", "lsn", "0/2");
                    proxy.holdAnswers();
                });
                proxy.releaseAnswers();
                assertThat(first.get().value()).hasValue("1");
                await().atMost(PATIENCE).until(tracking::struck);
                // The next attempt at a proof begins when this one has timed out.
                var next = struckBy(proxy, "GETREDIR", () -> {});
                await().atMost(PATIENCE).until(next::struck);
                proxy.releaseAnswers();
                var age = meters.get("freshet.cache.near.proof.age").gauge();
                await().atMost(PATIENCE).until(() -> age.value() >= 0);

                var result = read(cache, "0/2");
                assertThat(result.value()).as("%s", result.status()).hasValue("2");
            }
        }
    }

    private static FreshetCacheBuilder near(FaultProxy proxy) {
        return FreshetCache.builder()
                .redis("redis://" + proxy.address())
                .namespace("ctx")
                .commandTimeout(Duration.ofMillis(500))
                .nearCache(1 << 20)
                .nearMaxAge(Duration.ofMinutes(10))
                .nearTtl(Duration.ofMinutes(10))
                .nearInterval(Duration.ofMillis(20));
    }

    /** How many Redis has run. */
    private static String scripts(RawRedis raw) {
        return raw.redis
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .map(line -> line.substring(0, line.indexOf(',')))
                .findFirst()
                .orElse("none");
    }

    private static FaultProxy.Fault struckBy(FaultProxy proxy, String request, Runnable action) {
        return proxy.failAt(FaultProxy.Moment.NEVER, sent -> sent.contains(request), 1, action);
    }

    private CacheResult<String> read(FreshetCache cache, String position) {
        return cache.at(Consistency.session(WalPosition.of(position)))
                .get(KEY, () -> Loaded.of("" + truth.get(), Tags.of("task:42")));
    }

    private static void send(Socket socket, String commands) {
        try {
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
