// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisSentinel;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.invalidator.run.status.State;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two invalidators in one namespace of a Redis with several servers. Every master has one owner, before and after a
 * failover.
 */
@WithPostgres
class OwnershipTopologyTest {
    private static final int KEYS = 60;

    private final TestDatabase database;

    OwnershipTopologyTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void withSentinels() throws InterruptedException {
        try (var redis = RedisSentinel.start()) {
            oneOwner(redis.uri(), "sentinels", redis::failOver);
        }
    }

    @Test
    void inACluster() throws InterruptedException {
        try (var redis = RedisCluster.start(RedisOptions.defaults(), 1)) {
            oneOwner(redis.uri(), "cluster", () -> {
                var master = redis.masterOf("cluster:item:1");
                master.kill();
                redis.failOver(master);
            });
        }
    }

    private void oneOwner(String redis, String namespace, Runnable failOver) {
        String table = "owned_" + namespace;
        String mapping = """
                freshet: 1
                namespace: %1$s
                entities:
                  item: { table: %2$s, id: id, tags: true, keys: [ "%1$s:item:{id}" ] }
                """.formatted(namespace, table);
        try (var other = database.server().createDatabase("other_" + namespace)) {
            database.execute("CREATE TABLE " + table + " (id int PRIMARY KEY)");
            other.execute("CREATE TABLE " + table + " (id int PRIMARY KEY)");
            try (var first = new Instance(database, redis, table + "_first", false, mapping).streams()) {
                isRefused(other, redis, table, mapping);
                failOver.run();
                // A client of its own: one from before would wait for the server that is gone.
                try (var raw = new RawRedis(redis)) {
                    evicts(database, raw, namespace, table, 1);
                    fill(raw, namespace);
                    isRefused(other, redis, table, mapping);
                    assertThat(existing(raw, namespace))
                            .as("spared by the second")
                            .isEqualTo(KEYS);

                    try (var second = new Instance(other, redis, table + "_second", true, mapping).streams()) {
                        assertThat(existing(raw, namespace))
                                .as("left by the purge")
                                .isZero();
                        assertThat(first.refusal()).contains(table + "_second", other.name());
                        evicts(other, raw, namespace, table, 2);
                        assertThat(second.supervisor.status().state()).isEqualTo(State.STREAMING);
                    }
                }
            } finally {
                database.dropSlot(table + "_first");
            }
        }
    }

    private void isRefused(TestDatabase other, String redis, String table, String mapping) {
        try (var second = new Instance(other, redis, table + "_second", false, mapping)) {
            assertThat(second.refusal()).contains(table + "_first", database.name(), "--take-over");
        }
    }

    private static void evicts(TestDatabase in, RawRedis raw, String namespace, String table, int id) {
        raw.redis.set(namespace + ":item:" + id, "cached");
        in.execute("INSERT INTO " + table + " VALUES (" + id + ")");
        await().atMost(PATIENCE).until(() -> raw.redis.exists(namespace + ":item:" + id) == 0);
    }

    /** Rows on every master that no test changes. Changed rows may be evicted once more after a failover. */
    private static IntStream untouched() {
        return IntStream.range(100, 100 + KEYS);
    }

    private static void fill(RawRedis raw, String namespace) {
        untouched().forEach(id -> raw.redis.set(namespace + ":item:" + id, "cached"));
    }

    private static long existing(RawRedis raw, String namespace) {
        return untouched()
                .filter(id -> raw.redis.exists(namespace + ":item:" + id) == 1)
                .count();
    }
}
