// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several keys in one read. */
@WithRedis
class BulkReadTest {
    private static final CacheView<String> TASK = CacheView.json("task", "own");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<String>> loads = new ArrayList<>();
    private final RawRedis raw;
    private final FreshetCache cache;

    BulkReadTest(RedisServer server) {
        raw = new RawRedis(server.uri());
        cache = FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .maxValueBytes(1000)
                .meters(meters)
                .build();
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        Contracts.promise(raw);
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        cache.close();
        raw.close();
    }

    @Test
    void whatMissesIsLoadedAtOnceAndTheRestComesFromTheCache() {
        cache.get(key(2), () -> value("cached"));
        var found = cache.getAll(keys(1, 2, 3), this::load);
        assertThat(found.keySet()).containsExactly(key(1), key(2), key(3));
        assertThat(statuses(found)).containsExactly(CacheStatus.MISS, CacheStatus.HIT, CacheStatus.MISS);
        assertThat(values(found)).containsExactly("v1", "cached", "v3");
        assertThat(loads).containsExactly(List.of("1", "3"));
        assertThat(statuses(cache.getAll(keys(3, 2, 1), this::load))).containsOnly(CacheStatus.HIT);
        assertThat(loads).hasSize(1);
    }

    @Test
    void redisIsAskedOncePerOwnerHoweverManyKeys() {
        var keys = IntStream.range(0, 30)
                .mapToObj(id -> TASK.key(id).ownedBy("u" + id % 3))
                .toList();
        cache.getAll(keys, this::load);
        long before = scripts();
        var found = cache.getAll(keys, this::load);
        assertThat(statuses(found)).hasSize(30).containsOnly(CacheStatus.HIT);
        assertThat(scripts() - before).isEqualTo(3);
        assertThat(loads).hasSize(1);
    }

    @Test
    void moreKeysThanOneScriptTakesAreAnsweredAll() {
        var keys = IntStream.range(0, 250).mapToObj(BulkReadTest::key).toList();
        assertThat(statuses(cache.getAll(keys, this::load))).hasSize(250).containsOnly(CacheStatus.MISS);
        var found = cache.getAll(keys, this::load);
        assertThat(statuses(found)).containsOnly(CacheStatus.HIT);
        assertThat(values(found).subList(0, 3)).containsExactly("v0", "v1", "v2");
    }

    @Test
    void noKeysAreNoRead() {
        assertThat(cache.getAll(List.of(), this::load)).isEmpty();
        assertThat(loads).isEmpty();
    }

    @Test
    void aKeyThatIsGivenTwiceIsReadOnce() {
        assertThat(cache.getAll(keys(1, 1), this::load)).hasSize(1);
        assertThat(loads).containsExactly(List.of("1"));
    }

    @Test
    void whatWentStaleWhileAllWereLoadedIsNotStored() {
        var found = cache.getAll(keys(1, 2), missing -> {
            fenceNow("task:1");
            return load(missing);
        });
        assertThat(statuses(found)).containsExactly(CacheStatus.REFUSED, CacheStatus.MISS);
        assertThat(values(found)).containsExactly("v1", "v2");
        assertThat(raw.redis.exists("ctx:{u1}:task:1:own")).isZero();
        assertThat(raw.redis.exists("ctx:{u1}:task:2:own")).isEqualTo(1);
    }

    @Test
    void ownersHaveTokensOfTheirOwn() {
        var other = TASK.key(1).ownedBy("u2");
        var found = cache.getAll(List.of(key(1), other), missing -> {
            raw.redis.del("ctx:{u2}:~fences");
            return load(missing);
        });
        assertThat(found.get(key(1)).status()).isEqualTo(CacheStatus.MISS);
        assertThat(found.get(other).status()).isEqualTo(CacheStatus.REFUSED);
    }

    @Test
    void eachIsRefusedForItself() {
        var found = cache.getAll(
                keys(1, 2, 3),
                missing -> Map.of(
                        key(1), value("x".repeat(1001)),
                        key(2), Loaded.absent(Tags.of("task:2")),
                        key(3), Loaded.of("1", Tags.of("nobody:3"))));
        assertThat(statuses(found)).containsExactly(CacheStatus.REFUSED, CacheStatus.MISS, CacheStatus.UNCOVERED);
        assertThat(found.get(key(2)).isPresent()).isFalse();
    }

    @Test
    void whereNobodyPublishesNothingIsStored() {
        raw.redis.del("ctx:~position");
        assertThat(statuses(cache.getAll(keys(1, 2), this::load))).containsOnly(CacheStatus.NO_INVALIDATOR);
        assertThat(raw.redis.keys("*")).isEmpty();
    }

    @Test
    void aSessionIsHeldForEachKey() {
        cache.getAll(keys(1, 2), this::load);
        raw.redis.hset("ctx:~position", "lsn", "0/5");
        assertThat(statuses(cache.at(session("0/5")).getAll(keys(1, 2), this::load)))
                .containsOnly(CacheStatus.HIT);
        assertThat(statuses(cache.at(session("0/6")).getAll(keys(1, 2), this::load)))
                .containsOnly(CacheStatus.BEHIND);
        assertThat(statuses(cache.at(Consistency.strong()).getAll(keys(1, 2), this::load)))
                .containsOnly(CacheStatus.BYPASS);
    }

    @Test
    void whatTheLoaderThrowsPassesThroughAndTheNextReadLoads() {
        var failure = new IOException("no database");
        assertThatThrownBy(() -> cache.getAll(keys(1, 2), missing -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(statuses(cache.getAll(keys(1, 2), this::load))).containsOnly(CacheStatus.MISS);
    }

    @Test
    void aLoaderThatLeavesAKeyOutIsAMistakeThatIsNamed() {
        assertThatThrownBy(() -> cache.getAll(keys(1, 2), missing -> Map.of(key(1), value("1"))))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("task:2:own")
                .hasMessageContaining("Loaded.absent");
    }

    @Test
    void whatOthersAreLoadingIsWaitedForAndTheRestIsLoadedMeanwhile() throws Exception {
        var gate = new CountDownLatch(1);
        var other = loading(1, gate, "other");
        var all = waiting(() -> cache.getAll(keys(1, 2), this::load));
        await().atMost(PATIENCE).until(() -> raw.redis.exists("ctx:{u1}:task:2:own") == 1);
        gate.countDown();
        assertThat(get(other).value()).hasValue("other");
        assertThat(values(get(all))).containsExactly("other", "v2");
        assertThat(loads).containsExactly(List.of("2"));
    }

    /** The load began before the session's write, perhaps: its value is not the reader's. */
    @Test
    void whoAsksForMoreThanTheCacheAsItStandsSharesNoLoadThatBeganBefore() throws Exception {
        raw.redis.hset("ctx:~position", "lsn", "0/1");
        var gate = new CountDownLatch(1);
        var other = loading(1, gate, "old");
        var all = waiting(() -> cache.at(session("0/2")).getAll(keys(1, 2), this::load));
        await().atMost(PATIENCE).until(() -> raw.redis.exists("ctx:{u1}:task:2:own") == 1);
        gate.countDown();
        assertThat(get(other).value()).hasValue("old");
        assertThat(values(get(all))).containsExactly("v1", "v2");
    }

    @Test
    void whoComesDuringALoadOfManySharesIt() throws Exception {
        var gate = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var all = threads.submit(() -> cache.getAll(keys(1, 2), missing -> {
            started.countDown();
            gate.await();
            return load(missing);
        }));
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var one = waiting(() -> cache.get(key(2), () -> value("late")));
        gate.countDown();
        assertThat(values(get(all))).containsExactly("v1", "v2");
        assertThat(get(one).value()).hasValue("v2");
    }

    /** The others' value was loaded, and is theirs. */
    @Test
    void aValueThatCannotBeUsedFailsWhoWaitsForItAlone() throws Exception {
        var gate = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var all = threads.submit(() -> cache.getAll(keys(1, 2), missing -> {
            started.countDown();
            gate.await();
            return Map.of(key(2), Loaded.of("v2", Tags.of("task:2")));
        }));
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var one = waiting(() -> cache.get(key(1), () -> value("late")));
        var two = waiting(() -> cache.get(key(2), () -> value("late")));
        gate.countDown();
        assertThatThrownBy(() -> get(all)).hasRootCauseInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> get(one)).hasRootCauseInstanceOf(NullPointerException.class);
        assertThat(get(two).value()).hasValue("v2");
        assertThat(cache.get(key(2), () -> value("late")).status()).isEqualTo(CacheStatus.HIT);
    }

    /** What another version of the program wrote, say. */
    @Test
    void whatCannotBeReadIsLoadedAtOnce() {
        cache.getAll(keys(1, 2, 3, 4), this::load);
        loads.clear();
        CacheView<Integer> numbers = CacheView.of("task", "own", new Codec<Integer>() {
            @Override
            public byte[] encode(Integer number) {
                return number.toString().getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public Integer decode(byte[] json) {
                return Integer.valueOf(new String(json, StandardCharsets.UTF_8));
            }
        });
        var keys = IntStream.of(1, 2, 3)
                .mapToObj(id -> numbers.key(id).ownedBy("u1"))
                .toList();
        var asked = new ArrayList<List<EntryKey<Integer>>>();
        var found = cache.getAll(keys, missing -> {
            asked.add(missing);
            return missing.stream()
                    .collect(Collectors.toMap(
                            key -> key,
                            key -> Loaded.of(
                                    Integer.valueOf(key.id().get(0)),
                                    Tags.of("task:" + key.id().get(0)))));
        });
        assertThat(asked).containsExactly(keys);
        assertThat(found.keySet()).containsExactlyElementsOf(keys);
        assertThat(found.values())
                .extracting(result -> result.value().orElseThrow())
                .containsExactly(1, 2, 3);
    }

    /** Each may lead what another one waits for. */
    @Test
    void readsThatOverlapEnd() throws Exception {
        raw.redis.hset("ctx:~position", "lsn", "0/1");
        var all = new ArrayList<Future<Integer>>();
        for (int reader = 0; reader < 8; reader++) {
            var ids = IntStream.range(0, 6).boxed().collect(Collectors.toList());
            var random = new Random(reader);
            all.add(threads.submit(() -> {
                int answered = 0;
                for (int round = 0; round < 40; round++) {
                    Collections.shuffle(ids, random);
                    var keys = ids.stream().map(BulkReadTest::key).toList();
                    // Never proved, so always loaded.
                    answered +=
                            cache.at(session("0/9")).getAll(keys, this::load).size();
                }
                return answered;
            }));
        }
        for (var one : all) {
            assertThat(get(one)).isEqualTo(40 * 6);
        }
    }

    @Test
    void aLoadOfManyTakesOnePlaceOfTheLimit() {
        try (var limited = FreshetCache.builder()
                .redis("redis://127.0.0.1:1")
                .namespace("ctx")
                .maxLoads(1, Duration.ZERO)
                .build()) {
            var found = limited.getAll(keys(1, 2, 3), missing -> {
                assertThatThrownBy(() -> limited.getAll(keys(4), this::load)).isInstanceOf(TooManyLoadsException.class);
                return load(missing);
            });
            assertThat(statuses(found)).hasSize(3).containsOnly(CacheStatus.BYPASS);
        }
    }

    @Test
    void eachReadIsCounted() {
        cache.getAll(keys(1, 2), this::load);
        cache.getAll(keys(1, 2, 3), this::load);
        assertThat(reads("miss")).isEqualTo(3);
        assertThat(reads("hit")).isEqualTo(2);
    }

    private Map<EntryKey<String>, Loaded<String>> load(List<EntryKey<String>> missing) {
        var loaded = new HashMap<EntryKey<String>, Loaded<String>>();
        for (var key : missing) {
            String id = key.id().get(0);
            loaded.put(key, Loaded.of("v" + id, Tags.of("task:" + id)));
        }
        synchronized (loads) {
            loads.add(missing.stream().map(key -> key.id().get(0)).toList());
        }
        return loaded;
    }

    /** Somebody who loads a key until the gate opens. */
    private Future<CacheResult<String>> loading(int id, CountDownLatch gate, String text) throws InterruptedException {
        var started = new CountDownLatch(1);
        var load = threads.submit(() -> cache.get(key(id), () -> {
            started.countDown();
            gate.await();
            return Loaded.of(text, Tags.of("task:" + id));
        }));
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return load;
    }

    /** A read that has come to wait. */
    private <R> Future<R> waiting(Callable<R> read) {
        var thread = new AtomicReference<Thread>();
        var waiter = threads.submit(() -> {
            thread.set(Thread.currentThread());
            return read.call();
        });
        await().atMost(PATIENCE)
                .until(() -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
        return waiter;
    }

    private static <R> R get(Future<R> answer) throws Exception {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Loaded<String> value(String text) {
        return Loaded.of(text, Tags.of("task:1"));
    }

    private static EntryKey<String> key(int id) {
        return TASK.key(id).ownedBy("u1");
    }

    private static List<EntryKey<String>> keys(int... ids) {
        return IntStream.of(ids).mapToObj(BulkReadTest::key).toList();
    }

    private static Consistency session(String position) {
        return Consistency.session(WalPosition.of(position));
    }

    private static List<CacheStatus> statuses(Map<EntryKey<String>, CacheResult<String>> found) {
        return found.values().stream().map(CacheResult::status).toList();
    }

    private static List<String> values(Map<EntryKey<String>, CacheResult<String>> found) {
        return found.values().stream()
                .map(result -> result.value().orElseThrow())
                .toList();
    }

    private void fenceNow(String tag) {
        double clock = raw.redis.zscore("ctx:{u1}:~fences", "~clock");
        raw.redis.zadd("ctx:{u1}:~fences", clock + 1, "~clock");
        raw.redis.zadd("ctx:{u1}:~fences", clock + 1, tag);
    }

    /** How many scripts Redis has run. */
    private long scripts() {
        return raw.redis
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .map(line -> line.replaceAll("cmdstat_evalsha:calls=([0-9]+),.*", "$1"))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private double reads(String status) {
        return meters.get("freshet.cache.reads")
                .tag("level", "eventual")
                .tag("status", status)
                .tag("value", "present")
                .counter()
                .count();
    }
}
