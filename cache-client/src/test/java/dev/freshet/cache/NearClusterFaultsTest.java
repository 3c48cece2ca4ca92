// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisNode;
import dev.freshet.devservices.RedisOptions;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Masters of a Cluster are replaced and slots moved while memory holds entries of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NearClusterFaultsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:own";

    /** Nobody takes a place unless told to, and what is left serves on. */
    private final RedisCluster cluster = RedisCluster.start(
            RedisOptions.defaults()
                    .directive("cluster-replica-no-failover yes")
                    .directive("cluster-require-full-coverage no"),
            1);

    private final AtomicInteger truth = new AtomicInteger();

    @AfterAll
    void stop() {
        cluster.close();
    }

    @BeforeEach
    void empty() {
        // A node that the test before made a replica may not be known as one yet.
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(cluster::flush);
        Contracts.promise(cluster.uri());
        truth.set(1);
    }

    @Test
    void readsGoOnFromMemoryUntilTheReplicaTakesOverAndNotAfter() throws Exception {
        try (var cache = builder().nearMaxAge(Duration.ofMillis(500)).build()) {
            var neighbour = neighbour();
            awaitNear(cache, KEY, neighbour);
            var killed = cluster.masterOf(ENTRY);
            killed.kill();
            await().atMost(PATIENCE).until(() -> read(cache, KEY).status() == CacheStatus.MEMORY);
            truth.set(2);
            assertThat(read(cache, KEY).value()).hasValue("1");
            // The other masters are heard as before.
            await().atMost(PATIENCE).until(() -> read(cache, neighbour).status() == CacheStatus.NEAR);

            evict(cluster.failOver(killed));
            awaitTruth(cache);
            killed.resume();
        }
    }

    @Test
    void aMasterThatWasMadeAReplicaIsNotBelievedAnyMore() throws Exception {
        try (var cache = builder().nearMaxAge(LONG).build()) {
            awaitNear(cache, KEY);
            var second = cluster.failOver(cluster.masterOf(ENTRY));
            truth.set(2);
            evict(second);
            awaitTruth(cache);
        }
    }

    @Test
    void anEntryWhoseSlotWasMovedIsHeardOfFromItsNewMaster() throws Exception {
        try (var cache = builder().nearMaxAge(LONG).build()) {
            for (int round = 2; round < 5; round++) {
                awaitNear(cache, KEY);
                var from = cluster.masterOf(ENTRY);
                var to = cluster.masters().stream()
                        .filter(node -> node != from)
                        .findFirst()
                        .orElseThrow();
                var move = cluster.move(ENTRY, to);
                var moved = move.left();
                assertThat(moved).contains(ENTRY, "ctx:{u1}:~tag:task:42", "ctx:{u1}:~fences");
                for (var key : moved) {
                    move.move(key);
                    assertThat(read(cache, KEY).value()).hasValue("" + truth.get());
                }
                move.finish();
                awaitNear(cache, KEY);
                truth.set(round);
                evict(to);
                awaitTruth(cache);
            }
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void whatWasReadFromALostMasterIsNotBelievedByTheProofOfWhoTakesItsSlot() throws Exception {
        var sameSlot = CacheView.json("task", "own").key("43").in(KEY.isolate());
        try (var cache = builder().nearMaxAge(LONG).nearTtl(LONG).build()) {
            awaitNear(cache, KEY, neighbour());
            var lost = cluster.masterOf(ENTRY);
            var heir = cluster.masterOf("{" + neighbour().isolate().value() + "}");
            lost.kill();
            truth.set(2);
            try (var raw = new RawRedis(heir.uri())) {
                var id = raw.redis.clusterMyId();
                raw.redis.clusterBumpepoch();
                int slot = SlotHash.getSlot(ENTRY);
                for (var master : cluster.masters()) {
                    try (var each = new RawRedis(master.uri())) {
                        each.redis.clusterSetSlotNode(slot, id);
                    }
                }
            }
            await().atMost(PATIENCE)
                    .until(() -> cache.get(sameSlot, () -> Loaded.of("0", Tags.of("task:43")))
                                    .status()
                            == CacheStatus.NEAR);
            // No notice of it ever comes, and the heir, which is heard all the time, proves what it has.
            assertThat(read(cache, KEY).value()).hasValue("2");
        }
    }

    private FreshetCacheBuilder builder() {
        return NearCacheTest.builder(cluster.uri())
                .commandTimeout(Duration.ofSeconds(5))
                .outageMaxAge(LONG);
    }

    /** The first turn makes it hear of it, a later one is answered from memory by what the new master proves. */
    private void awaitTruth(FreshetCache cache) {
        await().atMost(PATIENCE).until(() -> {
            var result = read(cache, KEY);
            return result.status() == CacheStatus.NEAR
                    && result.value().orElseThrow().equals("" + truth.get());
        });
    }

    @SafeVarargs
    private void awaitNear(FreshetCache cache, EntryKey<String>... keys) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (var key : keys) {
                assertThat(read(cache, key).status()).isEqualTo(CacheStatus.NEAR);
            }
        });
    }

    /** Of another master. */
    private EntryKey<String> neighbour() {
        for (int i = 2; ; i++) {
            if (cluster.masterOf("{u" + i + "}") != cluster.masterOf(ENTRY)) {
                return CacheView.json("task", "own").key("42").ownedBy("u" + i);
            }
        }
    }

    /** As the invalidator does where it fences every tag of an owner. */
    private static void evict(RedisNode master) {
        try (var raw = new RawRedis(master.uri())) {
            raw.redis.del("ctx:{u1}:~fences");
            raw.redis.unlink(ENTRY);
        }
    }

    private CacheResult<String> read(FreshetCache cache, EntryKey<String> key) throws InterruptedException {
        return cache.get(key, () -> Loaded.of("" + truth.get(), Tags.of("task:42")));
    }
}
