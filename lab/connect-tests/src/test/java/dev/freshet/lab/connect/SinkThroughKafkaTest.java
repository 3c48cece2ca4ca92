// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.devservices.kafka.ConnectRest;
import dev.freshet.devservices.kafka.KafkaCluster;
import dev.freshet.devservices.process.WorkFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk-through of {@code docs/kafka-connect.md}, and a worker that is killed while rows change. */
@WithPostgres
@WithRedis
class SinkThroughKafkaTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int ROWS = 2_000;
    private static final int TRANSACTIONS = 40;
    private static final String MAPPING = """
            freshet: 1
            namespace: shop
            tags: true
            entities:
              shop: { table: shop, id: id, keys: [ "shop:{id}" ] }
              item:
                table: item
                id: id
                references: { shop: shop_id }
                keys: [ "item:{id}", "shop:{shop_id}:items" ]
            """;

    private final TestDatabase database;
    private final RedisServer server;
    private final RawRedis redis;

    @TempDir
    private Path folder;

    private final WorkFolder work = WorkFolder.create("kafka");
    private KafkaCluster cluster;

    SinkThroughKafkaTest(TestDatabase database, RedisServer server) {
        this.database = database;
        this.server = server;
        this.redis = new RawRedis(server.uri());
    }

    @BeforeEach
    void start() throws IOException {
        database.execute(
                "CREATE TABLE shop (id bigint PRIMARY KEY, name text)",
                "CREATE TABLE item (id bigint PRIMARY KEY, shop_id bigint, name text)",
                "ALTER TABLE shop REPLICA IDENTITY FULL",
                "ALTER TABLE item REPLICA IDENTITY FULL",
                "INSERT INTO item SELECT n, n % 10, 'a' FROM generate_series(1, " + ROWS + ") n");
        cluster = KafkaCluster.start(
                work.path(),
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Plugins.folder());
        cluster.awaitReady(PATIENCE);
    }

    @AfterEach
    void stop() {
        cluster.close();
        work.close();
        redis.close();
    }

    private ConnectRest rest() {
        return cluster.workers().get(0).rest();
    }

    private void createSource() throws IOException {
        Map<String, String> config = new HashMap<>(WalkThrough.source());
        URI address = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        config.put("database.hostname", address.getHost());
        config.put("database.port", Integer.toString(address.getPort()));
        config.put("database.user", database.user());
        config.put("database.password", database.password());
        config.put("database.dbname", database.name());
        config.put("slot.name", "app_source");
        config.put("topic.creation.default.replication.factor", "1");
        config.put("topic.creation.default.partitions", "4");
        config.put("snapshot.mode", "no_data");
        created(rest().put("app-source", config));
    }

    private void createSink() throws IOException {
        Map<String, String> config = new HashMap<>(WalkThrough.sink());
        Path mapping = folder.resolve("mapping.yaml");
        Files.writeString(mapping, MAPPING);
        config.put("mapping.file", mapping.toString());
        config.put("database.url", database.jdbcUrl());
        config.put("database.user", database.user());
        config.put("database.password", database.password());
        config.put("redis.url", server.uri());
        config.remove("redis.password");
        requireRefusals(config);
        created(rest().put("app-freshet", config));
    }

    /** The worker says what is wrong, by the option. */
    private void requireRefusals(Map<String, String> config) throws IOException {
        var unwrapped = new HashMap<>(config);
        unwrapped.put("transforms", "unwrap");
        unwrapped.put("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
        refused(unwrapped, "take 'unwrap' out");
        var narrow = new HashMap<>(config);
        narrow.put("topics.regex", "app\\.public\\.item");
        refused(narrow, "does not bring 'app.public.shop'");
    }

    private void refused(Map<String, String> config, String why) throws IOException {
        HttpResponse<String> answer = rest().put("app-freshet", config);
        assertThat(answer.statusCode()).as(answer::body).isEqualTo(400);
        assertThat(answer.body()).contains(why);
    }

    private static void created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer::body).isEqualTo(201);
    }

    private void awaitEviction(long id) {
        redis.redis.set("item:" + id, "x");
        await().atMost(PATIENCE).untilAsserted(() -> {
            database.execute("UPDATE item SET name = name || 'x' WHERE id = " + id);
            assertThat(redis.redis.exists("item:" + id)).as(cluster::logs).isZero();
        });
    }

    private long left() {
        return LongStream.rangeClosed(1, ROWS)
                .filter(id -> redis.redis.exists("item:" + id) > 0)
                .count();
    }

    @Test
    void noChangeIsMissedWhenAWorkerIsKilled() throws Exception {
        createSource();
        createSink();
        // A new connector purges before it publishes; the keys that count are set after that.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.redis.hgetall("shop:~position"))
                        .containsEntry("lsn", "0/0")
                        .doesNotContainKey("held-at")
                        .containsEntry("slot", "connect/app-freshet"));
        awaitEviction(1);
        LongStream.rangeClosed(1, ROWS).forEach(id -> redis.redis.set("item:" + id, "x"));
        redis.redis.set("mine", "x");

        var writing = CompletableFuture.runAsync(() -> {
            for (int n = 0; n < TRANSACTIONS; n++) {
                database.execute("UPDATE item SET name = 'b' || id WHERE id % " + TRANSACTIONS + " = " + n);
            }
        });
        await().atMost(PATIENCE).until(() -> left() < ROWS);
        cluster.workers().get(1).process().kill();
        writing.join();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(left()).as(cluster::logs).isZero());
        assertThat(redis.redis.get("mine")).isEqualTo("x");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(rest().tasks("app-freshet")).hasSize(2).containsOnly("RUNNING");
            assertThat(rest().tasks("app-source")).containsExactly("RUNNING");
        });
        awaitEviction(2);
    }
}
