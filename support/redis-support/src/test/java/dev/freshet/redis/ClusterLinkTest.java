// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import static dev.freshet.redis.Links.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisNode;
import dev.freshet.devservices.RedisOptions;
import io.lettuce.core.KillArgs;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Three masters, each with a replica. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterLinkTest {
    /** Nobody takes a place unless told to. */
    private final RedisCluster cluster =
            RedisCluster.start(RedisOptions.defaults().directive("cluster-replica-no-failover yes"), 1);

    private RedisLink<String, String> link;

    @BeforeAll
    void open() throws InterruptedException {
        link = Links.open(cluster.uri());
    }

    @AfterAll
    void close() {
        link.close();
        cluster.close();
    }

    @Test
    void everyMasterHasAPositionKeyOfItsOwnThatLiesOnIt() throws Exception {
        var masters = link.masters();
        assertThat(masters).hasSize(3);
        assertThat(masters.stream().map(master -> master.positionIndex().getAsInt()))
                .doesNotHaveDuplicates();
        for (var master : masters) {
            String key = "ctx:~position:{" + master.positionIndex().getAsInt() + "}";
            assertThat(link.positionIndex(key)).isEqualTo(master.positionIndex());
            // Another node would answer MOVED, which nobody follows here.
            assertThat(master.send(redis -> redis.set(key, master.id()))
                            .toCompletableFuture()
                            .get())
                    .isEqualTo("OK");
            assertThat(link.master(master.id())).isPresent();
        }
        assertThat(link.master("another")).isEmpty();
    }

    @Test
    void lookingAtTheTopologyIsNoConnectionThatCounts() throws Exception {
        var connections = new AtomicInteger();
        try (var counted = Links.of(cluster.uri(), connections::incrementAndGet);
                var raw = new RawRedis(cluster.nodes().get(0).uri())) {
            counted.open(PATIENCE);
            counted.commands().set("a", "1").get();
            int before = connections.get();
            long looks = looks(raw);
            await().atMost(PATIENCE).until(() -> looks(raw) > looks + 1);
            assertThat(connections).hasValue(before);
            raw.redis.clientKill(KillArgs.Builder.typeNormal().skipme());
            await().atMost(PATIENCE).untilAtomic(connections, greaterThan(before));
        }
    }

    /** Whoever compares two looks would take another order for other masters. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void aMasterThatDoesNotAnswerKeepsItsPlaceAmongTheOthers() throws Exception {
        var before = ids();
        assertThat(before).isSorted();
        // Lettuce puts those that do not answer last: whichever it is, its place is another one there.
        for (var master : cluster.masters()) {
            master.stop();
            try (var raw = new RawRedis(anyOther(master).uri())) {
                long looks = looks(raw);
                await().atMost(PATIENCE).until(() -> {
                    assertThat(ids()).isEqualTo(before);
                    return looks(raw) > looks + 1;
                });
            }
            master.resume();
            await().atMost(PATIENCE).until(() -> cluster.masters().contains(master));
        }
    }

    private RedisNode anyOther(RedisNode master) {
        return cluster.masters().stream()
                .filter(other -> other != master)
                .findFirst()
                .orElseThrow();
    }

    private List<String> ids() {
        return link.masters().stream().map(MasterLink::id).toList();
    }

    private static long looks(RawRedis node) {
        var calls = Pattern.compile("cmdstat_cluster\\|nodes:calls=(\\d+)").matcher(node.redis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void aScriptIsLoadedOnTheNodeThatNeedsIt() throws Exception {
        var script = Script.of("return redis.call('GET', KEYS[1])");
        for (var key : keys(20)) {
            link.commands().set(key, "of " + key).get();
            var answer =
                    script.<String, String, String>run(link.commands(), ScriptOutputType.VALUE, new String[] {key});
            assertThat(answer.toCompletableFuture().get()).isEqualTo("of " + key);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void afterAFailoverItGoesOnWithTheSamePositionKeys() throws Exception {
        var before = indexes();
        var killed = cluster.masterOf("a");
        killed.kill();
        cluster.failOver(killed);
        for (var key : keys(20)) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> link.commands().set(key, "1").get().equals("OK"));
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(link.masters()).hasSize(3);
            assertThat(indexes()).isEqualTo(before);
        });
        for (var master : link.masters()) {
            assertThat(master.send(redis -> redis.info("replication"))
                            .toCompletableFuture()
                            .get())
                    .contains("role:master");
        }
    }

    private List<Integer> indexes() {
        return link.masters().stream()
                .map(master -> master.positionIndex().getAsInt())
                .sorted()
                .toList();
    }

    /** Of many slots, so on every master. */
    private static List<String> keys(int count) {
        var keys = IntStream.range(0, count).mapToObj(i -> "{k" + i + "}").toList();
        assertThat(keys.stream().map(SlotHash::getSlot).distinct().count()).isGreaterThan(count / 2);
        return keys;
    }
}
