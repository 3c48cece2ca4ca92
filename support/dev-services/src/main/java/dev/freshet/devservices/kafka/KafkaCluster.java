// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.kafka;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.Ports;
import dev.freshet.devservices.stack.Jars;
import dev.freshet.devservices.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A broker and two distributed workers of Kafka Connect, as processes on this machine. Not thread-safe. */
public final class KafkaCluster implements AutoCloseable {
    /** The class of Debezium's connector, which its workers know. */
    public static final String SOURCE = "io.debezium.connector.postgresql.PostgresConnector";

    /** The class of Freshet's. */
    public static final String SINK = "dev.freshet.sink.FreshetSinkConnector";

    private static final String CLUSTER = "freshetfreshetfreshetA";
    private static final int REBALANCING = 409;
    private static final long LOOK_MILLIS = 200;

    private final Path folder;
    private final String classPath;
    private final Path plugins;
    private final int brokerPort = Ports.free(0);
    private final int controllerPort = Ports.free(0);
    private final ChildProcess broker;
    private final List<Worker> workers;

    /** A worker and its REST interface. */
    public record Worker(ChildProcess process, ConnectRest rest) {}

    private KafkaCluster(Path folder, String classPath, Path plugins) throws IOException {
        this.folder = folder;
        this.classPath = classPath;
        this.plugins = plugins;
        Path data = Files.createDirectories(folder.resolve("data"));
        // What "kafka-storage format" writes; that is a JVM spared.
        Files.writeString(
                data.resolve("meta.properties"),
                "version=1\ncluster.id=" + CLUSTER + "\nnode.id=1\ndirectory.id=freshetfreshetfreshetQ\n");
        broker = JavaProcess.start("broker", folder, classPath, "kafka.Kafka", broker(data));
        workers = List.of(worker(1), worker(2));
    }

    /**
     * Starts the processes without waiting until they are ready.
     *
     * @param folder for data, settings and logs; it must not be readable by others
     * @param classPath of the broker, the workers and Debezium's connector
     * @param plugins a folder of plug-ins, with Freshet's sink
     */
    public static KafkaCluster start(Path folder, String classPath, Path plugins) {
        try {
            return new KafkaCluster(folder, classPath, plugins);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same with the class path and the plug-in that a build with {@code -Pkafka} has made.
     *
     * @throws StackException if they are not there
     */
    public static KafkaCluster startBuilt(Path folder) {
        var jars = Jars.locate();
        try {
            String classPath = Files.readString(built(jars.built("support/kafka-runtime/target/class-path")));
            Path plugins = plugins(built(jars.built("connect-sink/target")));
            return start(Files.createDirectories(folder), classPath, plugins);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if the build has not made what {@link #startBuilt} needs. */
    public static void requireBuilt() {
        var jars = Jars.locate();
        built(jars.built("support/kafka-runtime/target/class-path"));
        built(jars.built("connect-sink/target"));
    }

    private static Path built(Path path) {
        if (!Files.exists(path)) {
            throw new StackException("there is no " + path
                    + ": give --kafka to ./freshet, which builds it, or build with mvn -Pkafka package");
        }
        return path;
    }

    private static Path plugins(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return built(files.filter(path -> path.getFileName().toString().endsWith("-plugin"))
                    .findFirst()
                    .orElse(target.resolve("connect-sink-*-plugin")));
        }
    }

    /**
     * Creates a connector. Returns when as many tasks of it run.
     *
     * @throws DevServicesException if it is refused, a task fails, or it takes longer
     */
    public void create(String connector, Map<String, String> config, int tasks, Duration patience) {
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            HttpResponse<String> answer = rest().put(connector, config);
            while (answer.statusCode() == REBALANCING && System.nanoTime() < deadline) {
                pause();
                answer = rest().put(connector, config);
            }
            if (answer.statusCode() / 100 != 2) {
                throw new DevServicesException("Kafka Connect refused connector " + connector + " with "
                        + answer.statusCode() + ": " + answer.body());
            }
            awaitRunning(connector, tasks, deadline);
        } catch (UncheckedIOException e) {
            throw new DevServicesException("Kafka Connect did not answer: " + e.getMessage() + ". " + logs(), e);
        }
    }

    private void awaitRunning(String connector, int tasks, long deadline) {
        List<String> states = rest().tasks(connector);
        while (states.size() != tasks || !states.stream().allMatch("RUNNING"::equals)) {
            if (states.contains("FAILED") || System.nanoTime() > deadline) {
                throw new DevServicesException("the tasks of connector " + connector + " are " + states + "; expected "
                        + tasks + " that run. " + logs());
            }
            pause();
            states = rest().tasks(connector);
        }
    }

    /** The interface of the first worker. */
    public ConnectRest rest() {
        return workers.get(0).rest();
    }

    /**
     * Returns when both workers answer, and know both connectors.
     *
     * @throws DevServicesException with the ends of the logs if a process ends, or it takes longer
     */
    public void awaitReady(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!workers.stream().allMatch(worker -> worker.rest().knows(List.of(SOURCE, SINK)))) {
            if (processes().anyMatch(process -> !process.isAlive())) {
                throw new DevServicesException("a process of Kafka ended. " + logs());
            }
            if (System.nanoTime() > deadline) {
                throw new DevServicesException(
                        "Kafka Connect was not ready within " + patience.toSeconds() + " s. " + logs());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevServicesException("interrupted", e);
        }
    }

    private Map<String, String> broker(Path data) {
        var properties = new HashMap<String, String>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put(
                "listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", data.toString());
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("num.partitions", "1");
        return properties;
    }

    private Worker worker(int number) {
        int port = Ports.free(0);
        var properties = new HashMap<String, String>();
        properties.put("bootstrap.servers", "127.0.0.1:" + brokerPort);
        properties.put("group.id", "connect");
        properties.put("listeners", "http://127.0.0.1:" + port);
        properties.put("rest.advertised.host.name", "127.0.0.1");
        properties.put("plugin.path", plugins.toString());
        for (String store : List.of("config", "offset", "status")) {
            properties.put(store + ".storage.topic", "connect-" + store);
            properties.put(store + ".storage.replication.factor", "1");
        }
        properties.put("offset.storage.partitions", "1");
        properties.put("status.storage.partitions", "1");
        properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("offset.flush.interval.ms", "1000");
        // So that configurations name secrets in files, and do not contain them.
        properties.put("config.providers", "file");
        properties.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        // A worker that was killed is given up soon.
        properties.put("session.timeout.ms", "6000");
        properties.put("heartbeat.interval.ms", "1000");
        properties.put("scheduled.rebalance.max.delay.ms", "0");
        properties.put("consumer.session.timeout.ms", "6000");
        properties.put("consumer.heartbeat.interval.ms", "1000");
        return new Worker(
                JavaProcess.start(
                        "worker-" + number,
                        folder,
                        classPath,
                        "org.apache.kafka.connect.cli.ConnectDistributed",
                        properties),
                new ConnectRest(port));
    }

    public List<Worker> workers() {
        return workers;
    }

    /** Completes with the name of the first process that ends. */
    public CompletableFuture<String> ended() {
        var ended = new CompletableFuture<String>();
        processes().forEach(process -> process.onExit().thenAccept(exit -> ended.complete(process.name())));
        return ended;
    }

    private Stream<ChildProcess> processes() {
        return Stream.concat(Stream.of(broker), workers.stream().map(Worker::process));
    }

    /** The ends of all logs, for messages. */
    public String logs() {
        return processes()
                .map(process -> process.name() + ":\n" + process.logTail(40))
                .reduce("", (all, one) -> all + "\n" + one);
    }

    @Override
    public void close() {
        workers.forEach(worker -> worker.process().kill());
        broker.kill();
    }
}
