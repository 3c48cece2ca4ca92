// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One load for a whole fleet. */
class LeaseTest extends CachesOnRedis {
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final EntryKey<String> KEY = TASK.key("42").ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:own";
    private static final String LEASE = "ctx:{u1}:~lease:task:42:own";
    /** In each of the processes. */
    private static final int READERS = Integer.getInteger("freshet.stampede.readers", 20);

    private static final int PROCESSES = Integer.getInteger("freshet.stampede.processes", 3);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    LeaseTest(RedisServer server) {
        super(server);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void aStampedeOfSeveralProcessesMakesOneLoad() throws Exception {
        for (int i = 0; i < PROCESSES; i++) {
            cache(LONG);
        }
        for (int round = 1; round <= 5; round++) {
            raw.redis.unlink(ENTRY);
            var together = new CyclicBarrier(PROCESSES * READERS);
            var answers = new ArrayList<Future<CacheResult<String>>>();
            for (var cache : caches) {
                for (int i = 0; i < READERS; i++) {
                    answers.add(threads.submit(() -> {
                        together.await();
                        return cache.get(KEY, this::next);
                    }));
                }
            }
            for (var answer : answers) {
                assertThat(get(answer).value()).hasValue("" + round);
            }
            assertThat(loads).hasValue(round);
            assertThat(raw.redis.exists(LEASE)).isZero();
        }
    }

    @Test
    void theLeaseOfAProcessThatDiedExpires() throws Exception {
        raw.redis.set(LEASE, "dead");
        raw.redis.pexpire(LEASE, 300);
        var read = cache(LONG).get(KEY, () -> {
            assertThat(raw.redis.get(LEASE)).isNotEqualTo("dead");
            return next();
        });
        assertThat(read.status()).isEqualTo(CacheStatus.MISS);
        assertThat(meters.get("freshet.cache.loads.awaited").counter().count()).isEqualTo(1);
    }

    @Test
    void whoWaitedForTwoLeasesLoadsForItself() throws Exception {
        raw.redis.set(LEASE, "slow");
        var one = cache(Duration.ofMillis(100)).get(KEY, this::next);
        assertThat(one.status()).isEqualTo(CacheStatus.MISS);
        raw.redis.set(LEASE, "slow");
        raw.redis.unlink(ENTRY);
        var many = cache(Duration.ofMillis(100)).getAll(List.of(KEY), this::all);
        assertThat(many.get(KEY).status()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void aLoadThatFailedGivesItsLeaseBackAtOnce() throws Exception {
        var failing = cache(Duration.ofMinutes(1));
        assertThatThrownBy(() -> failing.get(KEY, () -> {
                    assertThat(raw.redis.exists(LEASE)).isEqualTo(1);
                    throw new IOException("no database");
                }))
                .hasMessage("no database");
        assertThatThrownBy(() -> failing.getAll(List.of(TASK.key("43").ownedBy("u1")), keys -> {
                    throw new IOException("no database");
                }))
                .hasMessage("no database");
        // Long before they expire.
        await().atMost(Duration.ofSeconds(40))
                .until(() -> raw.redis.keys("*~lease*").isEmpty());
        assertThat(cache(LONG).get(KEY, this::next).status()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void aLoadThatIsNotStoredGivesItsLeaseBack() throws Exception {
        var cache = cache(LONG);
        var refused = cache.get(KEY, () -> {
            raw.redis.zadd("ctx:{u1}:~fences", 1e16, "task:42");
            return next();
        });
        assertThat(refused.status()).isEqualTo(CacheStatus.REFUSED);
        await().atMost(PATIENCE).until(() -> raw.redis.exists(LEASE) == 0);
    }

    @Test
    void whoWaitsTakesWhatItsOwnLevelAllows() throws Exception {
        raw.redis.hset("ctx:~position", "lsn", "0/2");
        raw.redis.set(LEASE, "another");
        var cache = cache(LONG);
        var session = threads.submit(
                () -> cache.at(Consistency.session(WalPosition.of("0/2"))).get(KEY, () -> value("own")));
        await().atMost(PATIENCE)
                .until(() -> meters.get("freshet.cache.loads.awaited").counter().count() == 1);
        // The position is withdrawn; then a value is stored of which nobody knows how fresh it is.
        raw.redis.hdel("ctx:~position", "lsn");
        cache(null).get(KEY, () -> value("another"));
        assertThat(get(session).value()).hasValue("\"own\"");
        assertThat(get(session).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @Test
    void whatThePositionDoesNotProveIsNotWaitedFor() throws Exception {
        raw.redis.hset("ctx:~position", "lsn", "0/1");
        raw.redis.set(LEASE, "another");
        var ahead = Consistency.session(WalPosition.of("0/2"));
        assertThat(cache(LONG).at(ahead).get(KEY, this::next).status()).isEqualTo(CacheStatus.BEHIND);
        assertThat(meters.get("freshet.cache.loads.awaited").counter().count()).isZero();
    }

    @Test
    void readsOfSeveralKeysWaitForEachOther() throws Exception {
        var other = TASK.key("43").ownedBy("u1");
        var third = TASK.key("44").ownedBy("u1");
        var loading = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var first = cache(LONG);
        var one = threads.submit(() -> first.getAll(List.of(KEY, other), keys -> {
            loading.countDown();
            gate.await();
            return all(keys);
        }));
        assertThat(loading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var second = cache(LONG);
        var asked = new ArrayList<EntryKey<String>>();
        var two = threads.submit(() -> second.getAll(List.of(third, other), keys -> {
            asked.addAll(keys);
            return all(keys);
        }));
        await().atMost(PATIENCE).until(() -> raw.redis.exists("ctx:{u1}:task:44:own") == 1);
        var async = second.getAsync(KEY, this::next);
        gate.countDown();
        assertThat(get(one)).hasSize(2);
        assertThat(get(two).get(other).status()).isEqualTo(CacheStatus.HIT);
        assertThat(asked).containsExactly(third);
        assertThat(get(async).status()).isEqualTo(CacheStatus.HIT);
    }

    @Test
    void readersWithoutLeasesNeitherWaitNorTakeAny() throws Exception {
        raw.redis.set(LEASE, "another");
        assertThat(cache(null).get(KEY, this::next).status()).isEqualTo(CacheStatus.MISS);
        cache(null).get(TASK.key("43").ownedBy("u1"), () -> {
            assertThat(raw.redis.exists("ctx:{u1}:~lease:task:43:own")).isZero();
            return next();
        });
    }

    /** @param lease null: none */
    private FreshetCache cache(Duration lease) {
        return open(lease == null ? builder() : builder().leases(lease));
    }

    private Map<EntryKey<String>, Loaded<String>> all(List<EntryKey<String>> keys) {
        var loaded = new HashMap<EntryKey<String>, Loaded<String>>();
        keys.forEach(key -> loaded.put(key, next()));
        return loaded;
    }

    private static Loaded<String> value(String text) {
        return Loaded.of("\"" + text + "\"", Tags.of("task:42"));
    }

    private static <T> T get(Future<T> answer) throws Exception {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
