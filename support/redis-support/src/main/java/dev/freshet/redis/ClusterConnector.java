// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import dev.freshet.redis.answer.NotConnectedException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Connects to a Cluster. The slot map is read before every connection, periodically, and when a node's reply calls for
 * it.
 */
record ClusterConnector<K, V>(RedisClusterClient client, RedisCodec<K, V> codec) implements Connector<K, V> {
    static <K, V> ClusterConnector<K, V> of(LinkSettings settings, ClientResources resources, RedisCodec<K, V> codec) {
        var client = RedisClusterClient.create(
                resources, settings.address().uris(settings.clientName(), settings.handshakeTimeout()));
        client.setOptions(Options.ofCluster(settings));
        return new ClusterConnector<>(client, codec);
    }

    @Override
    public CompletionStage<LiveConnection<K, V>> connect() {
        return client.refreshPartitionsAsync()
                .thenCompose(known -> client.connectAsync(codec))
                .thenCompose(connection -> reachingAll(new Connection<>(connection)));
    }

    /**
     * Connects to every master that is reachable. Otherwise Lettuce would reject the command that opens a node's
     * connection.
     */
    private static <K, V> CompletionStage<LiveConnection<K, V>> reachingAll(Connection<K, V> connection) {
        var each = connection.masters().stream()
                .map(master -> master.send(redis -> CompletableFuture.completedStage(redis))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(each).handle((all, someAreDown) -> connection);
    }

    private record Connection<K, V>(StatefulRedisClusterConnection<K, V> connection) implements LiveConnection<K, V> {
        /**
         * Always true. Each node has its own connection, opened on demand; if one is down, that says nothing about the
         * others.
         */
        @Override
        public boolean isUsable() {
            return true;
        }

        @Override
        public RedisClusterAsyncCommands<K, V> commands() {
            return connection.async();
        }

        @Override
        public List<MasterLink<K, V>> masters() {
            return connection.getPartitions().stream()
                    .filter(node -> !node.hasNoSlots())
                    // Lettuce orders them by load and latency, anew with each look.
                    .sorted(Comparator.comparing(RedisClusterNode::getNodeId))
                    .map(this::master)
                    .toList();
        }

        private MasterLink<K, V> master(RedisClusterNode node) {
            return new MasterLink<>(
                    node.getNodeId(),
                    OptionalInt.of(PositionIndex.of(node::hasSlot)),
                    () -> slots(node),
                    // By address, as Lettuce does for keys. By id it would open a second connection.
                    connection.getConnectionAsync(
                            node.getUri().getHost(), node.getUri().getPort()));
        }

        private static BitSet slots(RedisClusterNode node) {
            var slots = new BitSet(SlotHash.SLOT_COUNT);
            node.forEachSlot(slots::set);
            return slots;
        }

        @Override
        public OptionalInt positionIndex(int slot) {
            var partitions = connection.getPartitions();
            var node = partitions.getPartitionBySlot(slot);
            if (node == null) {
                throw new NotConnectedException("no node of the Cluster is known to serve slot " + slot);
            }
            return OptionalInt.of(PositionIndex.of(other -> node.equals(partitions.getPartitionBySlot(other))));
        }
    }
}
