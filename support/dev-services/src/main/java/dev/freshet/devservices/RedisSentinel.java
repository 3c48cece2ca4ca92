// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.redis.LocalRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * A Redis 7 master with a replica, and three Sentinels that monitor them, all as local processes. A master that is
 * unreachable for {@value #DOWN_AFTER_MILLIS} ms is replaced. {@link #close()} removes everything. Thread-safe.
 */
public final class RedisSentinel implements AutoCloseable {
    /** The name of the master in the Sentinels. */
    public static final String NAME = "freshet";

    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;
    private static final int DOWN_AFTER_MILLIS = 3000;
    private static final int FAILOVER_MILLIS = 10_000;
    /**
     * How often the Sentinels ask the servers for their roles and exchange what they know; the defaults are 10 s and 2
     * s. A replaced master is turned into a replica four publish periods after it was last seen as a master, or away.
     */
    private static final List<String> HASTE = List.of("INFO-PERIOD", "1000", "PUBLISH-PERIOD", "500");

    private final RedisGroup group = new RedisGroup();
    private final RedisOptions options;
    private List<RedisNode> servers = List.of();
    private List<RedisNode> sentinels = List.of();

    private RedisSentinel(RedisOptions options) {
        this.options = options;
    }

    public static RedisSentinel start() {
        return start(RedisOptions.defaults());
    }

    /**
     * Starts all servers. Returns when the replica follows the master and the Sentinels know both servers and each
     * other.
     *
     * @param options of master and replica; the preferred port is ignored
     */
    public static RedisSentinel start(RedisOptions options) {
        var all = new RedisSentinel(options);
        try {
            all.form();
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** {@code redis-sentinel://host:port,…#name}, with the default user's password if there is one. */
    public String uri() {
        return uriFor(options.password() == null ? "" : ":" + options.password() + "@");
    }

    /** The same for an ACL user of the servers. */
    public String uri(String user, String password) {
        return uriFor(user + ":" + password + "@");
    }

    private String uriFor(String user) {
        return sentinels.stream()
                .map(sentinel -> sentinel.host() + ":" + sentinel.port())
                .collect(Collectors.joining(",", "redis-sentinel://" + user, "#" + NAME));
    }

    /** Both servers, in no particular role. */
    public List<RedisNode> servers() {
        return servers;
    }

    public List<RedisNode> sentinels() {
        return sentinels;
    }

    /** The server that the Sentinels name as master now; it may be down. */
    public RedisNode master() {
        var running = sentinels.stream()
                .filter(RedisNode::isRunning)
                .findFirst()
                .orElseThrow(() -> new DevServicesException("no Sentinel runs"));
        return named(running);
    }

    /** The server that is not the {@link #master()}. */
    public RedisNode replica() {
        var master = master();
        return servers.stream().filter(server -> server != master).findFirst().orElseThrow();
    }

    /**
     * Makes the Sentinels promote the replica, even if the master runs. The old master remains a master for some
     * seconds, until the Sentinels turn it into a replica; writes to it in that time are lost. Returns when all
     * Sentinels name the new master.
     *
     * @return the new master
     */
    public RedisNode failOver() {
        var replica = replica();
        RedisGroup.await("Sentinels begin a failover", () -> {
            sentinels.get(0).ask("SENTINEL", "FAILOVER", NAME);
            return true;
        });
        awaitMaster(replica);
        return replica;
    }

    /** Returns when all running Sentinels name this server as master, and it is one. */
    public void awaitMaster(RedisNode server) {
        RedisGroup.await(
                "Sentinels name " + server + " as master",
                () -> server.isMaster()
                        && sentinels.stream()
                                .filter(RedisNode::isRunning)
                                .allMatch(sentinel -> named(sentinel) == server));
    }

    /** Returns when the other server follows the master, so that it could take its place. */
    public void awaitReplica() {
        RedisGroup.await("the replica follows the master", () -> {
            var replica = replica();
            return replica.info("replication", "master_link_status").equals("up")
                    && replica.info("replication", "master_port").equals("" + master().port())
                    && sentinels.stream()
                            .allMatch(sentinel -> String.valueOf(sentinel.ask("SENTINEL", "REPLICAS", NAME))
                                    .contains("master-link-status, ok"));
        });
    }

    /** Removes all keys. */
    public void flush() {
        master().ask("FLUSHALL");
    }

    @Override
    public void close() {
        group.close();
    }

    @Override
    public String toString() {
        return "Redis with Sentinels: " + group.nodes();
    }

    private void form() {
        var master = group.start(List.of(this::startServer)).get(0);
        var replica = group.start(List.of(this::startServer)).get(0);
        servers = List.of(master, replica);
        replica.ask("REPLICAOF", master.host(), "" + master.port());
        RedisGroup.await(
                "the replica follows the master",
                () -> replica.info("replication", "master_link_status").equals("up"));
        // Started last: a Sentinel asks a master for its replicas when it first meets it, and then only every ten
        // seconds.
        var starts = new ArrayList<Callable<RedisNode>>();
        for (int i = 0; i < SENTINELS; i++) {
            starts.add(() -> startSentinel(master));
        }
        sentinels = group.start(starts);
        sentinels.forEach(RedisSentinel::hurry);
        RedisGroup.await(
                "the Sentinels know each other",
                () -> sentinels.stream()
                        .allMatch(sentinel -> String.valueOf(sentinel.ask("SENTINEL", "CKQUORUM", NAME))
                                .startsWith("OK " + SENTINELS)));
        awaitReplica();
    }

    private RedisNode startServer() {
        var server = options.preferPort(0).directive("repl-diskless-sync-delay 0");
        if (options.password() != null) {
            server = server.directive("masterauth \"" + options.password() + "\"");
        }
        return new RedisNode(LocalRedis.startNode(server::configuration), options.password());
    }

    private RedisNode startSentinel(RedisNode master) {
        return new RedisNode(
                LocalRedis.startSentinel((host, port, folder) -> String.join(
                        "\n",
                        "bind " + host,
                        "port " + port,
                        "dir \"" + folder + "\"",
                        "daemonize no",
                        "protected-mode no",
                        "sentinel monitor " + NAME + " " + master.host() + " " + master.port() + " " + QUORUM,
                        "sentinel down-after-milliseconds " + NAME + " " + DOWN_AFTER_MILLIS,
                        "sentinel failover-timeout " + NAME + " " + FAILOVER_MILLIS,
                        options.password() == null
                                ? ""
                                : "sentinel auth-pass " + NAME + " \"" + options.password() + "\"",
                        "")),
                null);
    }

    private static void hurry(RedisNode sentinel) {
        var command = new ArrayList<>(List.of("SENTINEL", "DEBUG"));
        command.addAll(HASTE);
        sentinel.ask(command.toArray(String[]::new));
    }

    private RedisNode named(RedisNode sentinel) {
        var address = (List<?>) sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
        return servers.stream()
                .filter(server -> String.valueOf(server.port()).equals(address.get(1)))
                .findFirst()
                .orElseThrow(() -> new DevServicesException("the Sentinels name " + address + ", none of " + servers));
    }
}
