// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.cache.pipeline.Limits;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evictions while a Redis of their own is stopped, killed and held up. */
class EvictorOutageTest {
    private static final Isolate U1 = Isolate.of("u1");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private RedisServer server;
    private Evictor evictor;

    @BeforeEach
    void start() {
        server = RedisServer.start(RedisOptions.defaults().withPersistence());
        evictor = evictor(Duration.ofMillis(500));
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        evictor.close();
        server.close();
    }

    @Test
    void waitsForARedisThatIsNotThereYet() throws Exception {
        server.stop();
        var report = threads.submit(() -> evictor.evict(List.of(Evictions.tag(U1, "task:42"))));
        await().atMost(PATIENCE).until(() -> evictor.status().toString().startsWith("waiting: ") && retries() > 2);
        assertThat(report.isDone()).isFalse();
        server.resume();
        assertThat(get(report).asked()).isEqualTo(1);
        assertThat(evictor.status()).hasToString("ready");
    }

    @Test
    void aBatchIsCompleteThoughRedisWasKilledInItsMiddle() throws Exception {
        int rounds = 0;
        boolean met;
        do {
            fill(5000);
            var evictions = IntStream.range(0, 5000)
                    .mapToObj(i -> Evictions.tag(U1, "task:" + i))
                    .toList();
            double before = retries();
            var report = threads.submit(() -> evictor.evict(evictions));
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> left() < 5000);
            server.kill();
            server.resume();
            get(report);
            assertThat(left()).isZero();
            met = retries() > before;
        } while (!met && ++rounds < 50);
        // The kill met a batch under way, or this test says nothing.
        assertThat(met).isTrue();
    }

    @Test
    void aRedisThatHangsIsWaitedForAndTheWaitCanBeInterrupted() throws Exception {
        evictor.evict(List.of(Evictions.key("a")));
        try (var raw = new RawRedis(server.uri())) {
            raw.redis.clientPause(600_000);
        }
        var stuck = threads.submit(() -> evictor.evict(List.of(Evictions.key("a"))));
        await().atMost(PATIENCE).until(() -> evictor.status().waiting());
        stuck.cancel(true);
        assertThat(stuck.isCancelled()).isTrue();
        var next = threads.submit(() -> evictor.evict(List.of(Evictions.key("b"))));
        server.restart();
        assertThat(get(next).asked()).isEqualTo(1);
    }

    @Test
    void anErrorOfRedisIsRetriedUntilItIsGone() throws Exception {
        try (var raw = new RawRedis(server.uri())) {
            raw.redis.set("ctx:{u1}:~tag:task:42", "not a set");
            var report = threads.submit(() -> evictor.evict(List.of(Evictions.tag(U1, "task:42"))));
            await().atMost(PATIENCE).until(() -> evictor.status().toString().contains("WRONGTYPE"));
            raw.redis.del("ctx:{u1}:~tag:task:42");
            get(report);
            assertThat(evictor.status().waiting()).isFalse();
        }
    }

    /** The connection is fine: another one would be refused as well. */
    @Test
    void aMissingRightIsSaidAndConnectsNothingAnew() throws Exception {
        try (var raw = new RawRedis(server.uri());
                var poor = evictor(server.uri("poor", "s3cret"), Duration.ofSeconds(30))) {
            raw.redis.aclSetuser(
                    "poor",
                    AclSetuserArgs.Builder.on()
                            .addPassword("s3cret")
                            .allKeys()
                            .allChannels()
                            .allCommands()
                            .removeCommand(CommandType.UNLINK));
            raw.redis.set("a", "x");
            var report = threads.submit(() -> poor.evict(List.of(Evictions.key("a"))));
            await().atMost(PATIENCE).until(() -> poor.status().toString().contains("NOPERM"));
            assertThat(poor.status().toString()).contains("unlink", "(user poor)");
            String connection = connection(raw);
            double before = retries();
            await().atMost(PATIENCE).until(() -> retries() > before + 6);
            assertThat(connection(raw)).isEqualTo(connection);
            assertThat(poor.status().toString()).contains("NOPERM", "unlink", "(user poor)");

            raw.redis.aclSetuser("poor", AclSetuserArgs.Builder.allCommands());
            get(report);
            assertThat(raw.redis.exists("a")).isZero();
        }
    }

    private static String connection(RawRedis raw) {
        return raw.redis
                .clientList()
                .lines()
                .filter(client -> client.contains("user=poor"))
                .map(client -> client.substring(0, client.indexOf(' ')))
                .collect(Collectors.joining(", "));
    }

    /** The peer is gone without a word: nothing is answered and nothing is closed. */
    @Test
    void aConnectionThatFellSilentIsReplaced() throws Exception {
        try (var proxy = new FaultProxy(server.host(), server.port());
                var raw = new RawRedis(server.uri());
                var other = evictor("redis://" + proxy.address(), Duration.ofMillis(300))) {
            call(() -> other.evict(List.of(Evictions.key("a"))));
            raw.redis.set("b", "x");
            proxy.silence();
            threads.submit(() -> other.evict(List.of(Evictions.key("b"))));
            await().atMost(PATIENCE).until(() -> raw.redis.exists("b") == 0);
        }
    }

    @Test
    void whoWaitsForRedisIsFreedByClose() throws Exception {
        server.stop();
        var stuck = threads.submit(() -> evictor.evict(List.of(Evictions.key("a"))));
        await().atMost(PATIENCE).until(() -> retries() > 1);
        evictor.close();
        assertThatThrownBy(() -> get(stuck)).hasRootCauseMessage("the evictor is closed");
    }

    @Test
    void theDeployedUserOfRedisSuffices() throws Exception {
        var line = Files.readAllLines(Path.of("../../deploy/redis/users.acl")).stream()
                .filter(user -> user.startsWith("user invalidator "))
                .findFirst()
                .orElseThrow()
                .replace("#@INVALIDATOR_SHA256@", ">s3cret")
                .replace("@NAMESPACE@", "ctx")
                // Since Redis 7.2; what is said with it is not needed.
                .replace(" +client|setinfo", "");
        try (var guarded = RedisServer.start(RedisOptions.defaults().directive(line));
                var raw = new RawRedis(guarded.uri());
                var user = new Evictor(
                        new EvictorSettings(
                                RedisAddress.parse(guarded.uri()).as("invalidator", "s3cret"), new CacheKeys("ctx")),
                        meters)) {
            raw.redis.zadd("ctx:{u1}:~fences", 1, "~created");
            raw.redis.zadd("ctx:{u1}:~fences", 2, "~clock");
            raw.redis.zadd("ctx:{u1}:~fences", 2, "old:1");
            raw.redis.sadd("ctx:{u1}:~tag:task:42", "ctx:{u1}:task:42:own");
            raw.redis.set("ctx:{u1}:task:42:own", "x");
            call(() -> user.evict(List.of(Evictions.tag(U1, "task:42"), Evictions.tags("project:*"))));
            Masters masters = call(user::masters);
            assertThat(masters.position()).isEmpty();
            var position = new Position(
                    new Position.Origin("1", 1, "app", "s", "p", 1),
                    Contracts.SOME,
                    new Lsn(1),
                    Instant.EPOCH,
                    Instant.EPOCH);
            assertThat(call(() -> user.publish(position, masters, masters))).isTrue();
            assertThat(call(() -> user.publish(position, masters, null))).isTrue();
            call(() -> {
                user.withdraw();
                return null;
            });
            call(() -> {
                user.purge(List.of(), (fenceSets, keys) -> {});
                return null;
            });
            assertThat(raw.redis.keys("*")).containsExactly("ctx:~position");
            assertThat(raw.redis.clientList()).contains("name=freshet-invalidator");
        }
    }

    private <T> T call(Callable<T> call) throws Exception {
        return get(threads.submit(call));
    }

    private Evictor evictor(Duration commandTimeout) {
        return evictor(server.uri(), commandTimeout);
    }

    private Evictor evictor(String uri, Duration commandTimeout) {
        var usual = Limits.DEFAULT;
        return new Evictor(
                new EvictorSettings(uri, new CacheKeys("ctx")),
                meters,
                new Limits(
                        4,
                        10,
                        usual.entriesPerCall(),
                        usual.keysPerCall(),
                        usual.mostFences(),
                        usual.fenceLifetime(),
                        commandTimeout));
    }

    private void fill(int tags) {
        try (var raw = new RawRedis(server.uri())) {
            var script =
                    "for i = 0, ARGV[1] - 1 do redis.call('SADD', 'ctx:{u1}:~tag:task:' .. i, 'ctx:{u1}:task:' .. i) end";
            raw.redis.eval(script, ScriptOutputType.STATUS, new String[0], "" + tags);
        }
    }

    private long left() {
        try (var raw = new RawRedis(server.uri())) {
            return raw.redis.dbsize();
        }
    }

    private double retries() {
        return meters.get("freshet.evict.retries").counter().count();
    }

    private static <T> T get(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
