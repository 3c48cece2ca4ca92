// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import dev.freshet.devservices.kafka.KafkaCluster;
import dev.freshet.devservices.stack.Progress;
import dev.freshet.devservices.stack.Stack;
import dev.freshet.devservices.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Freshet as a sink of Kafka Connect, in place of the sidecar: a broker, two workers, Debezium's connector and the sink with
 * two tasks. Not thread-safe.
 */
final class KafkaSink {
    private static final String PREFIX = "contexts";
    private static final String SOURCE = "contexts-source";
    private static final String SINK = "contexts-freshet";
    private static final List<String> LEVELS = List.of("global", "project", "branch", "task");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Stack stack;
    private final Progress progress;
    private final Path folder;
    private KafkaCluster cluster;

    /**
     * Starts nothing yet.
     *
     * @throws StackException if something is not built
     */
    KafkaSink(Stack stack, Path folder, Progress progress) {
        this.stack = stack;
        this.progress = progress;
        this.folder = folder.resolve("kafka");
        KafkaCluster.requireBuilt();
    }

    /** Starts broker and workers, and Debezium's connector. From then on changes are in topics. */
    void startSource() {
        progress.starting("a broker of Kafka, and two workers of Kafka Connect");
        cluster = KafkaCluster.startBuilt(folder);
        cluster.awaitReady(PATIENCE);
        progress.up(
                "Kafka",
                "a broker, and two workers at "
                        + cluster.workers().stream()
                                .map(worker -> worker.rest().url())
                                .collect(Collectors.joining(", ")));
        progress.starting("Debezium's connector");
        cluster.create(SOURCE, source(), 1, PATIENCE);
        progress.up("source", "connector " + SOURCE + ": Debezium's, a topic for each table");
    }

    /** Starts the sink. Returns when its tasks run. */
    void startSink() {
        progress.starting("Freshet's sink");
        cluster.create(SINK, sink(), 2, PATIENCE);
        progress.up("sink", "connector " + SINK + ": Freshet's, two tasks");
    }

    /** Completes when one of the processes ends; the exception has the message to show. */
    CompletableFuture<StackException> broken() {
        return cluster.ended()
                .thenApply(name ->
                        new StackException(name + " ended unexpectedly. The ends of the logs:\n" + cluster.logs()));
    }

    private Map<String, String> source() {
        Map<String, String> role = stack.invalidatorSettings();
        URI address = URI.create(role.get("FRESHET_JDBC_URL").substring("jdbc:".length()));
        var config = new HashMap<String, String>();
        config.put("connector.class", KafkaCluster.SOURCE);
        config.put("topic.prefix", PREFIX);
        config.put("plugin.name", "pgoutput");
        config.put("publication.name", "freshet");
        config.put("publication.autocreate.mode", "disabled");
        config.put("slot.name", "contexts_source");
        config.put("table.include.list", tables("freshet."));
        config.put("skipped.operations", "none");
        // The cache is empty, so no row from before matters.
        config.put("snapshot.mode", "no_data");
        config.put("poll.interval.ms", "10");
        config.put("database.hostname", address.getHost());
        config.put("database.port", Integer.toString(address.getPort()));
        config.put("database.dbname", address.getPath().substring(1));
        config.put("database.user", role.get("FRESHET_JDBC_USER"));
        config.put("database.password", secret("database", role.get("FRESHET_JDBC_PASSWORD")));
        config.put("topic.creation.default.replication.factor", "1");
        // One: what comes after another change of a table is worked on after it. The tour relies on it, the sink does
        // not.
        config.put("topic.creation.default.partitions", "1");
        converter(config);
        return config;
    }

    private Map<String, String> sink() {
        Map<String, String> role = stack.invalidatorSettings();
        URI redis = URI.create(role.get("FRESHET_REDIS_URL"));
        String[] user = redis.getUserInfo().split(":", 2);
        var config = new HashMap<String, String>();
        config.put("connector.class", KafkaCluster.SINK);
        config.put("tasks.max", "2");
        config.put("topics", tables(PREFIX + ".freshet."));
        // Else one task would get the only partition of every topic.
        config.put(
                "consumer.override.partition.assignment.strategy",
                "org.apache.kafka.clients.consumer.RoundRobinAssignor");
        config.put("nulls.kept", "true");
        config.put("mapping.file", role.get("FRESHET_MAPPING"));
        config.put("source.topic.prefix", PREFIX);
        config.put("database.url", role.get("FRESHET_JDBC_URL"));
        config.put("database.user", role.get("FRESHET_JDBC_USER"));
        config.put("database.password", secret("database", role.get("FRESHET_JDBC_PASSWORD")));
        config.put("redis.url", "redis://" + user[0] + "@" + redis.getHost() + ":" + redis.getPort());
        config.put("redis.password", secret("redis", user[1]));
        converter(config);
        return config;
    }

    private static void converter(Map<String, String> config) {
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter.replace.null.with.default", "false");
    }

    private static String tables(String prefix) {
        return LEVELS.stream().map(level -> prefix + level + "_context").collect(Collectors.joining(","));
    }

    /** Puts a secret into a file that only we can read, and returns how a configuration names it. */
    private String secret(String name, String value) {
        Path file = folder.resolve(name + ".secret");
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, "password=" + value + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "${file:" + file + ":password}";
    }
}
