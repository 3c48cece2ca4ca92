// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.connect;

import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.Ports;
import dev.freshet.devservices.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A broker and two workers of Kafka Connect, as processes on this machine. */
final class KafkaCluster implements AutoCloseable {
    private static final String CLUSTER = "freshetfreshetfreshetA";

    private final WorkFolder folder = WorkFolder.create("kafka");
    private final int brokerPort = Ports.free(0);
    private final int controllerPort = Ports.free(0);
    private final ChildProcess broker;
    private final List<Worker> workers;

    /** A worker and its REST interface. */
    record Worker(ChildProcess process, ConnectRest rest) {}

    private KafkaCluster() throws IOException {
        Path logs = Files.createDirectories(folder.path().resolve("logs"));
        // What "kafka-storage format" writes; that is a JVM spared.
        Files.writeString(
                logs.resolve("meta.properties"),
                "version=1\ncluster.id=" + CLUSTER + "\nnode.id=1\ndirectory.id=freshetfreshetfreshetQ\n");
        broker = JavaProcess.start("broker", folder.path(), "kafka.Kafka", broker(logs));
        workers = List.of(worker(1), worker(2));
    }

    static KafkaCluster start() throws IOException {
        return new KafkaCluster();
    }

    private Map<String, String> broker(Path logs) {
        var properties = new HashMap<String, String>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put(
                "listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", logs.toString());
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("num.partitions", "1");
        return properties;
    }

    private Worker worker(int number) throws IOException {
        int port = Ports.free(0);
        var properties = new HashMap<String, String>();
        properties.put("bootstrap.servers", "127.0.0.1:" + brokerPort);
        properties.put("group.id", "connect");
        properties.put("listeners", "http://127.0.0.1:" + port);
        properties.put("rest.advertised.host.name", "127.0.0.1");
        properties.put("plugin.path", plugins().toString());
        for (String store : List.of("config", "offset", "status")) {
            properties.put(store + ".storage.topic", "connect-" + store);
            properties.put(store + ".storage.replication.factor", "1");
        }
        properties.put("offset.storage.partitions", "1");
        properties.put("status.storage.partitions", "1");
        properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("offset.flush.interval.ms", "1000");
        // A worker that was killed is given up soon.
        properties.put("session.timeout.ms", "6000");
        properties.put("heartbeat.interval.ms", "1000");
        properties.put("scheduled.rebalance.max.delay.ms", "0");
        properties.put("consumer.session.timeout.ms", "6000");
        properties.put("consumer.heartbeat.interval.ms", "1000");
        return new Worker(
                JavaProcess.start(
                        "worker-" + number,
                        folder.path(),
                        "org.apache.kafka.connect.cli.ConnectDistributed",
                        properties),
                new ConnectRest(port));
    }

    /** Where the build has put the plug-in. Debezium's connector is on the class path. */
    private static Path plugins() throws IOException {
        Path target = Path.of("../../connect-sink/target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(Files::isDirectory)
                    .filter(path -> path.getFileName().toString().endsWith("-plugin"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "there is no plug-in in " + target + "; build it with mvn -Pkafka verify"));
        }
    }

    List<Worker> workers() {
        return workers;
    }

    /** The ends of all logs, for messages of tests. */
    String logs() {
        return Stream.concat(Stream.of(broker), workers.stream().map(Worker::process))
                .map(process -> process.name() + ":\n" + process.logTail(40))
                .reduce("", (all, one) -> all + "\n" + one);
    }

    @Override
    public void close() {
        workers.forEach(worker -> worker.process().kill());
        broker.kill();
        folder.close();
    }
}
