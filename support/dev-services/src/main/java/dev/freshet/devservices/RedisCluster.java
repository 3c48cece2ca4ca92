// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.process.Interval;
import dev.freshet.devservices.process.Ports;
import dev.freshet.devservices.redis.LocalRedis;
import dev.freshet.devservices.redis.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * A Redis 7 Cluster of local processes: three masters, optionally with replicas. A master that is unreachable for
 * {@value #NODE_TIMEOUT_MILLIS} ms is replaced by its replica. {@link #close()} removes everything. Thread-safe.
 */
public final class RedisCluster implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final int NODE_TIMEOUT_MILLIS = 5000;
    private static final int BUS_PORTS_TO_TRY = 5;
    /** An orderly failover is abandoned after five seconds and must then be requested again. */
    private static final Duration FAILOVER_INTERVAL = Duration.ofSeconds(8);

    private final RedisGroup group = new RedisGroup();
    private final RedisOptions options;

    private RedisCluster(RedisOptions options) {
        this.options = options;
    }

    /** Three masters without replicas. */
    public static RedisCluster start() {
        return start(RedisOptions.defaults(), 0);
    }

    /**
     * Starts a Cluster. Returns when all nodes agree on which node serves what.
     *
     * @param options of every node; the preferred port is ignored
     * @param replicas the number of replicas per master
     */
    public static RedisCluster start(RedisOptions options, int replicas) {
        var cluster = new RedisCluster(options);
        try {
            cluster.form(replicas);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** {@code redis-cluster://host:port,…} with every node, and the default user's password if there is one. */
    public String uri() {
        var secret = options.password() == null ? "" : ":" + options.password() + "@";
        return uriFor(secret);
    }

    /** The same for an ACL user. */
    public String uri(String user, String password) {
        return uriFor(user + ":" + password + "@");
    }

    private String uriFor(String user) {
        return nodes().stream()
                .map(node -> node.host() + ":" + node.port())
                .collect(Collectors.joining(",", "redis-cluster://" + user, ""));
    }

    /** All nodes; the initial masters come first. */
    public List<RedisNode> nodes() {
        return group.nodes();
    }

    /** The nodes that serve slots now, according to the running nodes. */
    public List<RedisNode> masters() {
        return nodes().stream()
                .filter(node -> node.isRunning() && servesSlots(node))
                .toList();
    }

    /** The node that serves a key now. */
    public RedisNode masterOf(String key) {
        var slot = (Long) anyRunning().ask("CLUSTER", "KEYSLOT", key);
        return masters().stream()
                .filter(node -> covers(slotsOf(myself(node)), slot))
                .findFirst()
                .orElseThrow(() -> new DevServicesException("no node of the Cluster serves slot " + slot));
    }

    /**
     * Makes a replica of a master take its place. If the master runs, the failover is orderly and nothing is lost.
     * Otherwise it is immediate, without the agreement of the other masters. Returns when every running node knows the
     * new master.
     *
     * @return the new master
     */
    public RedisNode failOver(RedisNode master) {
        var id = idOf(master);
        var replica = nodes().stream()
                .filter(node -> node.isRunning() && node != master && id.equals(masterIdOf(node)))
                .findFirst()
                .orElseThrow(() -> new DevServicesException(master + " has no replica that runs"));
        var id2 = idOf(replica);
        var interval = new Interval(FAILOVER_INTERVAL);
        RedisGroup.await(replica + " takes over from " + master, () -> {
            if (interval.isDue() && !replica.isMaster()) {
                askToTakeOver(replica, master);
            }
            return running().stream()
                    .allMatch(node ->
                            lines(node).stream().anyMatch(line -> line[0].equals(id2) && isMasterWithSlots(line)));
        });
        return replica;
    }

    private static void askToTakeOver(RedisNode replica, RedisNode master) {
        if (master.isRunning()) {
            replica.ask("CLUSTER", "FAILOVER");
        } else {
            replica.ask("CLUSTER", "FAILOVER", "TAKEOVER");
        }
    }

    /**
     * Starts moving a key's slot to another master; meanwhile both keep serving.
     *
     * @param to not the current {@link #masterOf} the key
     */
    public SlotMove move(String key, RedisNode to) {
        var from = masterOf(key);
        if (from == to) {
            throw new DevServicesException(to + " serves the slot of '" + key + "' already");
        }
        return new SlotMove(this, String.valueOf(from.ask("CLUSTER", "KEYSLOT", key)), from, to);
    }

    /** Removes all keys. */
    public void flush() {
        masters().forEach(master -> master.ask("FLUSHALL"));
    }

    @Override
    public void close() {
        group.close();
    }

    @Override
    public String toString() {
        return "Redis Cluster of " + nodes();
    }

    private void form(int replicas) {
        var starts = new ArrayList<Callable<RedisNode>>();
        for (int i = 0; i < MASTERS * (1 + replicas); i++) {
            starts.add(this::startNode);
        }
        var nodes = group.start(starts);
        for (int i = 0; i < nodes.size(); i++) {
            if (i < MASTERS) {
                nodes.get(i)
                        .ask(
                                "CLUSTER",
                                "ADDSLOTSRANGE",
                                "" + SLOTS * i / MASTERS,
                                "" + (SLOTS * (i + 1) / MASTERS - 1));
            }
            // Otherwise all nodes start with the same epoch and take some time to resolve that.
            nodes.get(i).ask("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
        }
        for (var other : nodes.subList(1, nodes.size())) {
            nodes.get(0).ask("CLUSTER", "MEET", other.host(), "" + other.port(), "" + busPortOf(other));
        }
        RedisGroup.await("all nodes know each other", () -> nodes.stream().allMatch(this::knowsAllAndIsOk));
        for (int i = MASTERS; i < nodes.size(); i++) {
            nodes.get(i).ask("CLUSTER", "REPLICATE", idOf(nodes.get(i % MASTERS)));
        }
        RedisGroup.await(
                "replicas follow their masters",
                () -> nodes.subList(MASTERS, nodes.size()).stream()
                        .allMatch(replica -> replica.info("replication", "master_link_status")
                                .equals("up")));
        RedisGroup.await(
                "all nodes know the replicas",
                () -> nodes.stream()
                        .allMatch(node -> lines(node).stream()
                                        .filter(line -> !line[3].equals("-"))
                                        .count()
                                == nodes.size() - MASTERS));
    }

    private RedisNode startNode() {
        for (int turn = 1; ; turn++) {
            // Its own bus port, because the default one, 10000 higher, may exceed the highest port number.
            var node = options.preferPort(0)
                    .directive("cluster-enabled yes")
                    .directive("cluster-port " + Ports.free(0))
                    .directive("cluster-node-timeout " + NODE_TIMEOUT_MILLIS)
                    .directive("cluster-replica-validity-factor 0");
            if (options.password() != null) {
                node = node.directive("masterauth \"" + options.password() + "\"");
            }
            try {
                return new RedisNode(LocalRedis.startNode(node::configuration), options.password());
            } catch (DevServicesException e) {
                if (turn == BUS_PORTS_TO_TRY || !LocalRedis.tellsOfATakenPort(String.valueOf(e.getMessage()))) {
                    throw e;
                }
            }
        }
    }

    /** Whether every running node takes this node for the master of a slot. */
    boolean allKnow(String slot, RedisNode master) {
        var id = idOf(master);
        long number = Long.parseLong(slot);
        return running().stream()
                .allMatch(node ->
                        lines(node).stream().anyMatch(line -> line[0].equals(id) && covers(slotsOf(line), number)));
    }

    private boolean knowsAllAndIsOk(RedisNode node) {
        var info = node.ask("CLUSTER", "INFO");
        return RespClient.field(info, "cluster_state").equals("ok")
                && RespClient.field(info, "cluster_known_nodes").equals("" + nodes().size())
                && lines(node).stream().noneMatch(line -> line[2].contains("handshake"));
    }

    private List<RedisNode> running() {
        return nodes().stream().filter(RedisNode::isRunning).toList();
    }

    private RedisNode anyRunning() {
        return running().stream()
                .findFirst()
                .orElseThrow(() -> new DevServicesException("no node of the Cluster runs"));
    }

    /** The id of a node. For one that is down, other nodes know the id by its port. */
    String idOf(RedisNode node) {
        return lineOf(node)[0];
    }

    private static String busPortOf(RedisNode node) {
        var line = node.ask("CONFIG", "GET", "cluster-port");
        return String.valueOf(((List<?>) line).get(1));
    }

    private static String masterIdOf(RedisNode node) {
        return myself(node)[3];
    }

    private String[] lineOf(RedisNode node) {
        if (node.isRunning()) {
            return myself(node);
        }
        return lines(anyRunning()).stream()
                .filter(line -> line[1].startsWith(node.host() + ":" + node.port() + "@"))
                .findFirst()
                .orElseThrow(() -> new DevServicesException("the Cluster does not know " + node));
    }

    private static boolean servesSlots(RedisNode node) {
        return isMasterWithSlots(myself(node));
    }

    private static boolean isMasterWithSlots(String[] line) {
        return Arrays.asList(line[2].split(",")).contains("master") && line.length > 8;
    }

    private static boolean covers(List<long[]> ranges, long slot) {
        return ranges.stream().anyMatch(range -> range[0] <= slot && slot <= range[1]);
    }

    private static List<long[]> slotsOf(String[] line) {
        return Arrays.stream(line)
                .skip(8)
                .filter(range -> !range.startsWith("["))
                .map(range -> Arrays.stream(range.split("-"))
                        .mapToLong(Long::parseLong)
                        .toArray())
                .map(range -> new long[] {range[0], range[range.length - 1]})
                .toList();
    }

    private static String[] myself(RedisNode node) {
        return lines(node).stream()
                .filter(line -> line[2].contains("myself"))
                .findFirst()
                .orElseThrow(() -> new DevServicesException(node + " does not name itself"));
    }

    /** The lines of CLUSTER NODES: id, address, flags, master's id, …, slots. */
    private static List<String[]> lines(RedisNode node) {
        return String.valueOf(node.ask("CLUSTER", "NODES"))
                .lines()
                .map(line -> line.split(" "))
                .toList();
    }
}
