// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.core.cache.Evicted;
import dev.freshet.core.plan.Eviction;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.cache.pipeline.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large, wide and odd batches, sweeps, purge and the position. */
@WithRedis
class BatchTest {
    private static final Isolate U1 = Isolate.of("u1");
    private static final String FENCES = "ctx:{u1}:~fences";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EvictorSettings settings;
    private final RedisServer server;
    private final RawRedis raw;
    private final Evictor evictor;

    BatchTest(RedisServer server) {
        this.server = server;
        raw = new RawRedis(server.uri());
        settings = new EvictorSettings(server.uri(), new CacheKeys("ctx"));
        evictor = new Evictor(settings, meters, Patient.LIMITS);
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
    }

    @AfterEach
    void close() {
        evictor.close();
        raw.close();
    }

    @Test
    void aTagWithFiftyThousandEntriesIsEmptiedInParts() throws Exception {
        fences();
        List<String> entries = IntStream.range(0, 50_000)
                .mapToObj(id -> "ctx:{u1}:task:" + id + ":own")
                .toList();
        list("ctx:{u1}:~tag:project:3/inherited", entries);
        long before = calls("spop");
        var report = evictor.evict(List.of(Evictions.tag(U1, "project:3/inherited"), Evictions.tag(U1, "task:1")));
        assertThat(report.entries()).isEqualTo(50_000);
        assertThat(raw.redis.keys("*")).containsExactly(FENCES);
        assertThat(calls("spop") - before).isGreaterThanOrEqualTo(50);
        assertThat(raw.redis.zscore(FENCES, "project:3/inherited")).isNotNull();
        assertThat(raw.redis.zscore(FENCES, "task:1")).isNotNull();
        assertThat(report.evicted().get(0).names()).hasSize(20).allMatch(entries::contains);
    }

    @Test
    void manyTagsOfManyOwnersAndManyKeysGoInOneBatch() throws Exception {
        var evictions = new ArrayList<Eviction>();
        raw.redis.zadd(FENCES, 1, "~created");
        raw.redis.zadd(FENCES, 1, "~clock");
        for (int i = 0; i < 10_000; i++) {
            evictions.add(Evictions.tag(U1, "task:" + i));
            evictions.add(Evictions.tag(U1, "task:" + i));
            evictions.add(Evictions.tag(Isolate.of("u" + i), "task:" + i));
            evictions.add(Evictions.key("profile:" + i));
        }
        IntStream.range(0, 10_000).filter(i -> i % 100 == 0).forEach(i -> raw.redis.set("profile:" + i, "x"));
        list("ctx:{u1}:~tag:task:9999", List.of("ctx:{u1}:task:9999:own"));
        var report = evictor.evict(evictions);
        assertThat(report.asked()).isEqualTo(29_999);
        assertThat(report.entries()).isEqualTo(1);
        assertThat(report.keys()).isEqualTo(100);
        assertThat(report.absent()).isEqualTo(9_900);
        assertThat(meters.get("freshet.evict.keys").counter().count()).isEqualTo(100);
        assertThat(meters.get("freshet.evict.keys.absent").counter().count()).isEqualTo(9_900);
        assertThat(report.evicted()).hasSizeLessThanOrEqualTo(100).isNotEmpty();
        assertThat(raw.redis.keys("*")).containsExactly(FENCES);
        assertThat(raw.redis.zcard(FENCES)).isEqualTo(10_002);
        assertThat(meters.get("freshet.evict.asked").counter().count()).isEqualTo(29_999);
    }

    @Test
    void tooManyFencesAreReplacedByNone() throws Exception {
        fences();
        var limits = new Limits(4, 10, 1000, 10, 50, Duration.ofMinutes(5), Duration.ofSeconds(30));
        try (var small = new Evictor(settings, meters, limits);
                var cache = cache()) {
            var result = cache.get(CacheView.json("task", "own").key("1").in(U1), () -> {
                small.evict(IntStream.range(0, 60)
                        .mapToObj(i -> Evictions.tag(U1, "task:" + i))
                        .toList());
                assertThat(raw.redis.exists(FENCES)).isZero();
                return Loaded.of("1", List.of(new Tag("task:1")));
            });
            assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        }
    }

    /** What Redis refuses is repeated for ever. */
    @Test
    void withoutMemoryForFencesEvictionsGoOn() throws Exception {
        try (var own = RedisServer.start();
                var rawOwn = new RawRedis(own.uri());
                var small = new Evictor(new EvictorSettings(own.uri(), new CacheKeys("ctx")), meters, Patient.LIMITS);
                var cache = FreshetCache.builder()
                        .redis(own.uri())
                        .namespace("ctx")
                        .commandTimeout(Duration.ofSeconds(30))
                        .build()) {
            rawOwn.promise("ctx", Contracts.ALL.fields());
            var key = CacheView.json("task", "own").key("1").in(U1);
            var stale = CacheView.json("task", "own").key("2").in(U1);
            cache.get(key, () -> Loaded.of("1", List.of(new Tag("task:1"))));
            var result = cache.get(stale, () -> {
                rawOwn.redis.configSet("maxmemory", "1");
                var both = List.of(Evictions.tag(U1, "task:1"), Evictions.tag(U1, "task:2"));
                assertThat(assertTimeoutPreemptively(PATIENCE, () -> small.evict(both))
                                .entries())
                        .isEqualTo(1);
                assertThat(small.status().waiting()).isFalse();
                rawOwn.redis.configSet("maxmemory", "0");
                return Loaded.of("\"old\"", List.of(new Tag("task:2")));
            });
            assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
            assertThat(rawOwn.redis.keys("*")).containsExactly("ctx:~position");
        }
    }

    @Test
    void fencesOlderThanTheirLifetimeAreTrimmedAndTheYoungerStay() throws Exception {
        double now = System.currentTimeMillis() * 1000.0;
        raw.redis.zadd(FENCES, now - 400e6, "~created");
        raw.redis.zadd(FENCES, now - 1e6, "~clock");
        raw.redis.zadd(FENCES, now - 301e6, "old:1");
        raw.redis.zadd(FENCES, now - 200e6, "young:1");
        evictor.evict(List.of(Evictions.tag(U1, "new:1")));
        assertThat(raw.redis.zrange(FENCES, 0, -1)).containsExactlyInAnyOrder("~created", "~clock", "young:1", "new:1");
        assertThat(raw.redis.zscore(FENCES, "~created")).isEqualTo(now - 400e6);
        assertThat(raw.redis.pttl(FENCES)).isBetween(1L, 300_000L);
    }

    /** Or it would be gone while tokens are still good, and loads be refused for nothing. */
    @Test
    void aFenceProlongsItsSet() throws Exception {
        fences();
        raw.redis.pexpire(FENCES, 60_000);
        evictor.evict(List.of(Evictions.tag(U1, "task:1")));
        assertThat(raw.redis.pttl(FENCES)).isBetween(60_001L, 300_000L);
    }

    @Test
    void aGlobOfKeysRemovesThoseThatMatch() throws Exception {
        IntStream.range(0, 3000).forEach(i -> raw.redis.set("customer:" + i, "x"));
        raw.redis.set("customers", "x");
        raw.redis.set("stock:1:2", "x");
        var report = evictor.evict(List.of(Evictions.keys("customer:*"), Evictions.keys("stock:*:2")));
        assertThat(report.keys()).isEqualTo(3001);
        assertThat(raw.redis.keys("*")).containsExactly("customers");
    }

    @Test
    void aGlobRemovesKeysThatAreNotText() throws Exception {
        try (var link = settings.link(Limits.DEFAULT)) {
            link.open(Duration.ofSeconds(30));
            byte[] odd = {'c', 'u', 's', 't', ':', (byte) 0xFF, (byte) 0xC0, 0};
            link.commands().set(odd, "x".getBytes(StandardCharsets.UTF_8)).get();
            assertThat(evictor.evict(List.of(Evictions.keys("cust:*"))).keys()).isEqualTo(1);
            assertThat(raw.redis.dbsize()).isZero();
        }
    }

    @Test
    void aGlobOfTagsInvalidatesThemForAllOwners() throws Exception {
        try (var cache = cache()) {
            for (String owner : List.of("u1", "u2", "}")) {
                for (String id : List.of("1", "2")) {
                    cache.get(CacheView.json("task", "own").key(id).ownedBy(owner), () -> loaded("task:" + id));
                }
                cache.get(CacheView.json("project", "own").key("1").ownedBy(owner), () -> loaded("project:1"));
            }
            var report = evictor.evict(List.of(Evictions.tags("task:*")));
            assertThat(report.entries()).isEqualTo(6);
            assertThat(raw.redis.keys("ctx:{*}:task:*")).isEmpty();
            assertThat(raw.redis.keys("ctx:{*}:project:*")).hasSize(3);
            assertThat(raw.redis.keys("ctx:{*}:~tag:*")).hasSize(3);
        }
    }

    @Test
    void aGlobOfTagsRefusesEveryFillThatBeganBefore() throws Exception {
        try (var cache = cache()) {
            var result = cache.get(CacheView.json("task", "own").key("1").in(U1), () -> {
                evictor.evict(List.of(Evictions.tags("task:*")));
                return loaded("task:1");
            });
            assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
            assertThat(raw.redis.keys("ctx:{*}:task:*")).isEmpty();
        }
    }

    @Test
    void anyNumberOfGlobsOfTagsTakesOneWalk() throws Exception {
        try (var cache = cache()) {
            for (int i = 0; i < 20; i++) {
                String id = "" + i;
                cache.get(CacheView.json("task", "own").key(id).ownedBy("u" + i % 3), () -> loaded("task:" + id));
            }
            cache.get(CacheView.json("branch", "own").key("1").in(U1), () -> loaded("branch:1/task"));
            cache.get(CacheView.json("tasks", "own").key("1").in(U1), () -> loaded("tasks:1"));
            var evictions = new ArrayList<Eviction>();
            IntStream.range(0, 10).forEach(i -> evictions.add(Evictions.tags("task:" + i)));
            evictions.add(Evictions.tags("task:1*"));
            evictions.add(Evictions.tags("branch:*/task"));
            evictor.evict(List.of(Evictions.tags("task:none")));
            long before = scans();
            evictor.evict(List.of(Evictions.tags("task:none")));
            long walk = scans() - before;
            assertThat(walk).isPositive();

            var report = evictor.evict(evictions);

            assertThat(scans()).isEqualTo(before + 2 * walk);
            assertThat(report.entries()).isEqualTo(21);
            assertThat(report.asked()).isEqualTo(12);
            assertThat(report.evicted().stream().mapToLong(Evicted::count).sum())
                    .isEqualTo(21);
            assertThat(raw.redis.keys("ctx:{*}:*:own")).containsExactly("ctx:{u1}:tasks:1:own");
        }
    }

    private long scans() {
        return raw.redis
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_scan:"))
                .map(line -> line.replaceAll(".*:calls=(\\d+),.*", "$1"))
                .mapToLong(Long::parseLong)
                .sum();
    }

    @Test
    void aPurgeEmptiesTheNamespaceAndNothingElse() throws Exception {
        try (var cache = cache()) {
            for (int i = 0; i < 1500; i++) {
                String id = "" + i;
                cache.get(CacheView.json("task", "own").key(id).ownedBy("u" + i % 7), () -> loaded("task:" + id));
            }
            raw.redis.set("ctx2:{u1}:task:1:own", "x");
            raw.redis.set("other", "x");
            raw.redis.set("customer:1", "x");
            raw.redis.hset("ctx:~position", "lsn", "0/1");
            var progress = new ArrayList<Long>();
            evictor.purge(List.of("customer:*"), (fenceSets, keys) -> {
                // The second pass begins when the first is over.
                assertThat(keys == 0 || fenceSets == 7).isTrue();
                progress.add(keys);
            });
            assertThat(raw.redis.keys("*")).containsExactlyInAnyOrder("ctx2:{u1}:task:1:own", "other", "ctx:~position");
            assertThat(progress).isSorted().endsWith(3001L);
        }
    }

    @Test
    void aPurgeRefusesEveryFillThatBeganBefore() throws Exception {
        try (var cache = cache()) {
            var result = cache.get(CacheView.json("task", "own").key("1").in(U1), () -> {
                evictor.purge(List.of(), (fenceSets, keys) -> {});
                cache.get(CacheView.json("task", "own").key("2").in(U1), () -> loaded("task:2"));
                return loaded("task:1");
            });
            assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        }
    }

    @Test
    void nothingOldArrivesBehindAPurge() throws Exception {
        int loaders = 16;
        var loading = new CountDownLatch(loaders);
        var go = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(loaders);
        try (var cache = cache()) {
            list(
                    "ctx:{u1}:~tag:a:1",
                    IntStream.range(0, 5000).mapToObj(id -> "ctx:{u1}:e:" + id).toList());
            var fills = new ArrayList<Future<CacheStatus>>();
            for (int i = 0; i < loaders; i++) {
                var key = CacheView.json("task", "own").key("1").ownedBy("owner" + i);
                fills.add(threads.submit(() -> cache.get(key, () -> {
                            loading.countDown();
                            go.await();
                            return loaded("task:1");
                        })
                        .status()));
            }
            loading.await();
            evictor.purge(List.of(), (fenceSets, keys) -> {
                // All fills arrive when the second pass has just begun.
                if (keys > 0 && go.getCount() > 0) {
                    go.countDown();
                    fills.forEach(fill -> assertThat(fill).succeedsWithin(PATIENCE));
                }
            });
            for (var fill : fills) {
                assertThat(fill.get()).isEqualTo(CacheStatus.REFUSED);
            }
            assertThat(raw.redis.keys("*")).containsExactly("ctx:~position");
        } finally {
            threads.shutdownNow();
        }
    }

    private FreshetCache cache() throws InterruptedException {
        raw.promise("ctx", Contracts.ALL.fields());
        return FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .build();
    }

    private static Loaded<String> loaded(String tag) {
        return Loaded.of("1", List.of(new Tag(tag)));
    }

    private void fences() {
        double now = System.currentTimeMillis() * 1000.0;
        raw.redis.zadd(FENCES, now, "~created");
        raw.redis.zadd(FENCES, now, "~clock");
    }

    private void list(String tagSet, List<String> entries) {
        for (int from = 0; from < entries.size(); from += 1000) {
            var some = entries.subList(from, Math.min(from + 1000, entries.size()));
            var values = new java.util.HashMap<String, String>();
            some.forEach(entry -> values.put(entry, "x"));
            raw.redis.mset(values);
            raw.redis.sadd(tagSet, some.toArray(String[]::new));
        }
    }

    private long calls(String command) {
        return raw.redis
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                .findFirst()
                .orElse(0);
    }
}
