// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.kafka.KafkaCluster;
import dev.freshet.lab.bench.process.Mappings;
import dev.freshet.lab.bench.process.ProcessUsage;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.bench.world.ItemTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The sink of Kafka Connect: the backlog is in a topic with four partitions, and is read anew with each number of tasks.
 * What it uses is what its two workers use, Connect itself included. Not thread-safe.
 */
final class SinkDrain implements AutoCloseable {
    /** The numbers of tasks that are measured. */
    static final List<Integer> TASKS = List.of(1, 2, 4);

    private static final String PREFIX = "bench";
    private static final String SINK = "bench-freshet";
    private static final int PARTITIONS = 4;
    private static final Duration START = Duration.ofMinutes(4);
    private static final long LOOK_MILLIS = 100;
    private static final int OK = 200;

    private final ItemTable table;
    private final BenchServers servers;
    private final Path mapping;
    private final KafkaCluster cluster;

    /** Starts the cluster, and Debezium's connector: changes from now on are in the topic. */
    SinkDrain(ItemTable table, BenchServers servers, Path folder) {
        this.table = table;
        this.servers = servers;
        Path own = folder.resolve("kafka-" + table.database().name());
        this.cluster = KafkaCluster.startBuilt(own);
        this.mapping = own.resolve("mapping.yaml");
        try {
            Files.writeString(mapping, Mappings.SINK);
            cluster.awaitReady(START);
            cluster.create("bench-source", source(), 1, START);
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The subject's name in reports. */
    static String label(int tasks) {
        return tasks == 1 ? "sink, 1 task" : "sink, " + tasks + " tasks";
    }

    /** Returns when all rows are in the topic, and the sink has worked them off once: its workers are warm, and it is stopped. */
    void awaitBacklog(Duration patience) throws InterruptedException {
        cluster.create(SINK, sink(PARTITIONS), PARTITIONS, START);
        long deadline = System.nanoTime() + patience.toNanos();
        while (evicted() < table.rows()) {
            require(deadline, "the backlog is not in the topic");
        }
        cluster.rest().stop(SINK);
    }

    /** How many records the sink has worked off, as it notes in Redis. */
    private long evicted() {
        return servers.hash(Mappings.SINK_NAMESPACE + ":~offsets").values().stream()
                .mapToLong(note -> Long.parseLong(note.split(" ")[0]))
                .sum();
    }

    /** Stops the sink, so that it begins anew, with as many tasks, once it is {@linkplain #resume resumed}. */
    void rewind(int tasks, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        cluster.rest().stop(SINK);
        while (cluster.rest().forgetOffsets(SINK) != OK) {
            require(deadline, "the sink has not stopped");
        }
        while (cluster.rest().put(SINK, sink(tasks)).statusCode() != OK) {
            require(deadline, "the sink is not changed");
        }
    }

    void resume() {
        cluster.rest().resume(SINK);
    }

    private void require(long deadline, String what) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new DevServicesException(what + ". " + cluster.logs());
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    /** What both workers have used so far. */
    ProcessUsage usage() {
        return cluster.workers().stream()
                .map(worker -> ProcessUsage.of(worker.process().pid()))
                .reduce(ProcessUsage::plus)
                .orElseThrow();
    }

    private Map<String, String> source() {
        URI address = URI.create(table.database().jdbcUrl().substring("jdbc:".length()));
        var config = new HashMap<String, String>();
        config.put("connector.class", KafkaCluster.SOURCE);
        config.put("topic.prefix", PREFIX);
        config.put("plugin.name", "pgoutput");
        config.put("publication.name", ItemTable.PUBLICATION);
        config.put("publication.autocreate.mode", "disabled");
        config.put("slot.name", table.slot("kafka"));
        config.put("table.include.list", "public.item");
        config.put("skipped.operations", "none");
        config.put("snapshot.mode", "no_data");
        config.put("database.hostname", address.getHost());
        config.put("database.port", Integer.toString(address.getPort()));
        config.put("database.dbname", table.database().name());
        config.put("database.user", table.database().user());
        config.put("database.password", table.database().password());
        config.put("topic.creation.default.replication.factor", "1");
        config.put("topic.creation.default.partitions", Integer.toString(PARTITIONS));
        return converter(config);
    }

    private Map<String, String> sink(int tasks) {
        var config = new HashMap<String, String>();
        config.put("connector.class", KafkaCluster.SINK);
        config.put("tasks.max", Integer.toString(tasks));
        config.put("topics", PREFIX + ".public.item");
        config.put("nulls.kept", "true");
        config.put("mapping.file", mapping.toString());
        config.put("source.topic.prefix", PREFIX);
        config.put("database.url", table.database().jdbcUrl());
        config.put("database.user", table.database().user());
        config.put("database.password", table.database().password());
        config.put("redis.url", servers.redisUri());
        return converter(config);
    }

    private static Map<String, String> converter(Map<String, String> config) {
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter.replace.null.with.default", "false");
        return config;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
