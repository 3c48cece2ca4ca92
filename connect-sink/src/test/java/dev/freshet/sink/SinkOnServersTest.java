// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink;

import static dev.freshet.sink.memory.Events.item;
import static dev.freshet.sink.memory.Events.record;
import static dev.freshet.sink.memory.Events.source;
import static dev.freshet.sink.memory.Events.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.CacheView;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.sink.memory.Events;
import dev.freshet.sink.memory.MemoryServers;
import dev.freshet.sink.memory.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task with PostgreSQL and Redis; its records are made here. */
@WithPostgres
@WithRedis
class SinkOnServersTest {
    private static final TopicPartition ITEMS = new TopicPartition("app.public.item", 0);
    private static final CacheView<String> ITEM = CacheView.json("item", "own");

    private final TestDatabase database;
    private final RawRedis redis;
    private final FreshetCache cache;
    private final FreshetSinkTask task = new FreshetSinkTask();
    private final AtomicInteger loads = new AtomicInteger();

    SinkOnServersTest(TestDatabase database, RedisServer server) {
        this.database = database;
        this.redis = new RawRedis(server.uri());
        this.cache =
                FreshetCache.builder().redis(server.uri()).namespace("shop").build();
        database.execute(
                "DROP TABLE IF EXISTS item, shop",
                "CREATE TABLE shop (id bigint PRIMARY KEY, name text)",
                "CREATE TABLE item (id bigint PRIMARY KEY, shop_id bigint, name text)",
                "ALTER TABLE shop REPLICA IDENTITY FULL",
                "ALTER TABLE item REPLICA IDENTITY FULL",
                "INSERT INTO item VALUES (1, 7, 'a')");
        task.initialize(new TaskContext());
        task.start(Map.ofEntries(
                Map.entry("name", "sink"),
                Map.entry("mapping", MemoryServers.MAPPING),
                Map.entry("source.topic.prefix", Events.PREFIX),
                Map.entry("database.url", database.jdbcUrl()),
                Map.entry("database.user", database.user()),
                Map.entry("database.password", database.password()),
                Map.entry("redis.url", server.uri()),
                Map.entry("visibility.timeout.ms", "200")));
    }

    @BeforeEach
    void open() {
        task.open(List.of(ITEMS));
        task.put(List.of());
    }

    @AfterEach
    void close() {
        task.stop();
        cache.close();
        redis.close();
    }

    private SinkRecord moved(long offset, long txId) {
        Struct event = update(item(1, 7L, "a"), item(1, 8L, "a"), txId);
        event.put("source", source("item", txId).put("db", database.name()));
        return record(offset, event);
    }

    private static long transaction(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_current_xact_id()::xid::text::bigint")) {
            row.next();
            return row.getLong(1);
        }
    }

    private String read() {
        return cache.get(ITEM.key(1), () -> {
                    loads.incrementAndGet();
                    return Loaded.of("{}");
                })
                .value()
                .orElseThrow();
    }

    @Test
    void aChangeEvictsOnceItIsVisibleAndNotBefore() throws SQLException {
        redis.redis.set("item:1", "x");
        redis.redis.set("by-name:some shop:items", "x");
        redis.redis.set("item:2", "x");
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            long txId = transaction(connection);
            assertThatExceptionOfType(RetriableException.class)
                    .isThrownBy(() -> task.put(List.of(moved(0, txId))))
                    .withMessageContaining("is not visible");
            assertThat(redis.redis.get("item:1")).isEqualTo("x");
            connection.commit();
            task.put(List.of(moved(0, txId)));
        }
        assertThat(redis.redis.exists("item:1", "by-name:some shop:items")).isZero();
        assertThat(redis.redis.get("item:2")).isEqualTo("x");
        task.preCommit(Map.of(ITEMS, new OffsetAndMetadata(1)));
        assertThat(redis.redis.hget("shop:~offsets", "sink " + ITEMS)).startsWith("1 ");
    }

    @Test
    void readersTakeEntriesAtLevelEventualAndNoneThatNeedsAProof() throws SQLException {
        read();
        read();
        assertThat(loads).hasValue(1);
        cache.at(Consistency.session(WalPosition.of("0/1"))).get(ITEM.key(1), () -> {
            loads.incrementAndGet();
            return Loaded.of("{}");
        });
        assertThat(loads).hasValue(2);
        try (Connection connection = database.connect()) {
            task.put(List.of(moved(0, transaction(connection))));
        }
        read();
        assertThat(loads).hasValue(3);
    }
}
