// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink;

import static dev.freshet.sink.memory.Events.event;
import static dev.freshet.sink.memory.Events.item;
import static dev.freshet.sink.memory.Events.record;
import static dev.freshet.sink.memory.Events.shop;
import static dev.freshet.sink.memory.Events.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.sink.memory.Events;
import dev.freshet.sink.memory.MemoryServers;
import dev.freshet.sink.memory.TaskContext;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows change, readers cache, and the records come in any order among partitions, some of them again and late: once all have
 * come, no key holds what the database does not say.
 */
class AnyOrderTest {
    private static final int PARTITIONS = 3;
    private static final int STEPS = 600;

    private record Item(Long shop, String name) {}

    private final MemoryServers servers = new MemoryServers();
    private final FreshetSinkTask task = new FreshetSinkTask((config, mapping) -> servers, Clock.systemUTC());
    private final Map<Long, String> shops = new TreeMap<>();
    private final Map<Long, Item> items = new TreeMap<>();
    private final Map<String, String> cached = new HashMap<>();
    private final Map<TopicPartition, Deque<SinkRecord>> pending = new HashMap<>();
    private final Map<TopicPartition, Long> offsets = new HashMap<>();
    private final List<List<SinkRecord>> again = new ArrayList<>();
    private Random random;
    private long transaction = 1_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noKeyIsStaleOnceAllRecordsHaveCome(long seed) {
        random = new Random(seed);
        start();
        int stale = 0;
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> write();
                case 2, 3 -> read();
                default -> deliver();
            }
            stale += stale().size();
        }
        while (pending.values().stream().anyMatch(queue -> !queue.isEmpty())) {
            deliver();
        }
        assertThat(stale()).isEmpty();
        assertThat(stale).as("keys that were stale meanwhile").isGreaterThan(STEPS / 10);
        assertThat(cached.keySet()).as("not everything was evicted").anyMatch(servers.store::has);
        assertThat(servers.cache.takePurges()).isZero();
        task.stop();
    }

    private void start() {
        for (String table : List.of("shop", "item")) {
            IntStream.range(0, PARTITIONS).forEach(n -> {
                var partition = new TopicPartition("app.public." + table, n);
                pending.put(partition, new ArrayDeque<>());
                offsets.put(partition, 0L);
            });
        }
        task.initialize(new TaskContext());
        task.start(Map.of(
                "name", "sink",
                "mapping", MemoryServers.MAPPING,
                "source.topic.prefix", "app",
                "database.url", "jdbc:postgresql://localhost/appdb",
                "database.user", "freshet",
                "redis.url", "redis://localhost"));
        task.open(pending.keySet());
        task.put(List.of());
        var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
        pending.keySet().forEach(partition -> positions.put(partition, new OffsetAndMetadata(0)));
        task.preCommit(positions);
        servers.cache.takePurges();
    }

    private void write() {
        transaction++;
        long id = random.nextInt(6);
        if (random.nextInt(3) == 0) {
            writeShop(id);
        } else {
            writeItem(id);
        }
    }

    private void writeShop(long id) {
        String before = shops.get(id);
        String after = random.nextInt(4) == 0 ? null : "n" + random.nextInt(3);
        if (after == null) {
            shops.remove(id);
        } else {
            shops.put(id, after);
        }
        publish("shop", id, before == null ? null : shop(id, before), after == null ? null : shop(id, after));
    }

    private void writeItem(long id) {
        Item before = items.get(id);
        if (before != null && random.nextInt(5) == 0) {
            // Another id: two records with different keys.
            long other = 6 + random.nextInt(6);
            if (!items.containsKey(other)) {
                items.remove(id);
                items.put(other, before);
                publish("item", id, item(id, before.shop(), before.name()), null);
                publish("item", other, null, item(other, before.shop(), before.name()));
                return;
            }
        }
        Item after = random.nextInt(4) == 0
                ? null
                : new Item(random.nextInt(5) == 0 ? null : (long) random.nextInt(6), "i" + random.nextInt(3));
        if (after == null) {
            items.remove(id);
        } else {
            items.put(id, after);
        }
        publish(
                "item",
                id,
                before == null ? null : item(id, before.shop(), before.name()),
                after == null ? null : item(id, after.shop(), after.name()));
    }

    private void publish(String table, long id, Struct before, Struct after) {
        if (before == null && after == null) {
            return;
        }
        String op = before == null ? "c" : after == null ? "d" : "u";
        var partition = new TopicPartition("app.public." + table, (int) (id % PARTITIONS));
        long offset = offsets.merge(partition, 1L, Long::sum) - 1;
        pending.get(partition)
                .add(record(
                        partition.topic(),
                        partition.partition(),
                        offset,
                        event(
                                op,
                                table.equals("shop") ? Events.SHOP : Events.ITEM,
                                before,
                                after,
                                source(table, transaction))));
    }

    private void read() {
        String key = switch (random.nextInt(4)) {
            case 0 -> "shop:" + random.nextInt(6);
            case 1 -> "item:" + random.nextInt(12);
            case 2 -> "shop:" + random.nextInt(6) + ":items";
            default -> "by-name:n" + random.nextInt(3) + ":items";
        };
        cached.put(key, value(key));
        servers.store.write(key);
    }

    /** What a reader would cache now. */
    private String value(String key) {
        String[] parts = key.split(":");
        if (parts[0].equals("by-name")) {
            return items.entrySet().stream()
                    .filter(one -> one.getValue().shop() != null
                            && parts[1].equals(shops.get(one.getValue().shop())))
                    .map(Object::toString)
                    .collect(Collectors.joining());
        }
        long id = Long.parseLong(parts[1]);
        if (parts.length == 3) {
            return items.entrySet().stream()
                    .filter(one -> Objects.equals(one.getValue().shop(), id))
                    .map(Object::toString)
                    .collect(Collectors.joining());
        }
        return parts[0].equals("shop") ? shops.get(id) : Objects.toString(items.get(id));
    }

    private List<String> stale() {
        return cached.keySet().stream()
                .filter(servers.store::has)
                .filter(key -> !Objects.equals(cached.get(key), value(key)))
                .toList();
    }

    /** Some records of some partitions, in any order among these; now and then some that came before. */
    private void deliver() {
        if (!again.isEmpty() && random.nextInt(3) == 0) {
            task.put(again.remove(random.nextInt(again.size())));
            return;
        }
        var batch = new ArrayList<SinkRecord>();
        for (Deque<SinkRecord> queue : pending.values()) {
            for (int n = random.nextInt(4); n > 0 && !queue.isEmpty(); n--) {
                batch.add(queue.remove());
            }
        }
        task.put(batch);
        if (random.nextInt(3) == 0) {
            again.add(batch);
        }
    }
}
