// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisNode;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.cache.pipeline.Limits;
import dev.freshet.redis.cache.pipeline.Pipeline;
import dev.freshet.redis.cache.sweep.Sweep;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A slot takes its keys along to a master whose keys were gone through already. */
class SweepClusterTest {
    private static final List<String> KEYS = List.of("{a}", "{b}", "{c}", "{d}", "{e}", "{f}", "{g}", "{h}");

    private final RedisCluster cluster = RedisCluster.start();
    private final RawRedis raw = new RawRedis(cluster.uri());
    private final Map<String, RawRedis> nodes =
            cluster.masters().stream().collect(Collectors.toMap(RedisNode::uri, node -> new RawRedis(node.uri())));
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private RedisLink<byte[], byte[]> link;
    private Sweep sweep;

    @BeforeEach
    void fill() {
        KEYS.forEach(key -> raw.redis.set(key, "x"));
        assertThat(KEYS.stream().map(this::masterOf).distinct().count()).isGreaterThan(1);
        link = new EvictorSettings(cluster.uri(), new CacheKeys("ctx")).link(Limits.DEFAULT);
        sweep = new Sweep(link, new Pipeline(link, Limits.DEFAULT, Clock.systemUTC(), () -> {}));
    }

    @AfterEach
    void close() {
        link.close();
        nodes.values().forEach(RawRedis::close);
        raw.close();
        cluster.close();
    }

    @Test
    void aSweepBeginsAnewIfASlotHasMovedMeanwhile() throws Exception {
        sweep.each("{*}", found -> {
            var keys = names(found);
            if (seen.isEmpty()) {
                String to = masterOf(keys.get(0));
                String key = keyNotOn(to);
                String from = masterOf(key);
                announce(key, from, to);
                finish(key, from, to);
            }
            seen.addAll(keys);
        });
        assertThat(seen).containsAll(KEYS);
    }

    @Test
    void aSweepWaitsUntilNoSlotIsOnTheMove() throws Exception {
        String key = KEYS.get(0);
        String from = masterOf(key);
        String to = masterOf(keyNotOn(from));
        announce(key, from, to);
        long asked = nodesAsked(from);
        var sweeping = CompletableFuture.runAsync(() -> {
            try {
                sweep.each("{*}", found -> seen.addAll(names(found)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(PATIENCE).until(() -> sweeping.isDone() || nodesAsked(from) >= asked + 5);
        assertThat(sweeping).isNotDone();
        finish(key, from, to);
        sweeping.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(seen).containsAll(KEYS);
    }

    private static List<String> names(List<byte[]> keys) {
        return keys.stream().map(key -> new String(key, StandardCharsets.UTF_8)).toList();
    }

    private String masterOf(String key) {
        return cluster.masterOf(key).uri();
    }

    private String keyNotOn(String master) {
        return KEYS.stream()
                .filter(key -> !masterOf(key).equals(master))
                .findFirst()
                .orElseThrow();
    }

    private void announce(String key, String from, String to) {
        int slot = SlotHash.getSlot(key);
        nodes.get(to).redis.clusterSetSlotImporting(slot, id(from));
        nodes.get(from).redis.clusterSetSlotMigrating(slot, id(to));
    }

    private void finish(String key, String from, String to) {
        var node = cluster.masters().stream()
                .collect(Collectors.toMap(RedisNode::uri, Function.identity()))
                .get(to);
        nodes.get(from)
                .redis
                .migrate(
                        node.host(),
                        node.port(),
                        0,
                        PATIENCE.toMillis(),
                        MigrateArgs.Builder.<String>keys(List.of(key)));
        int slot = SlotHash.getSlot(key);
        nodes.get(to).redis.clusterSetSlotNode(slot, id(to));
        nodes.values().forEach(each -> each.redis.clusterSetSlotNode(slot, id(to)));
    }

    private String id(String uri) {
        return nodes.get(uri).redis.clusterMyId();
    }

    /** Each turn of a sweep asks a node once for its slots, or twice. */
    private long nodesAsked(String uri) {
        var calls = Pattern.compile("cmdstat_cluster\\|nodes:calls=(\\d+)")
                .matcher(nodes.get(uri).redis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
}
