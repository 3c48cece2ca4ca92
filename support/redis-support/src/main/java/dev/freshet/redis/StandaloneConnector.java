// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import dev.freshet.redis.wire.Wire;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Connects to one server. */
record StandaloneConnector<K, V>(RedisClient client, RedisURI uri, RedisCodec<K, V> codec) implements Connector<K, V> {
    static <K, V> StandaloneConnector<K, V> of(
            LinkSettings settings, ClientResources resources, RedisCodec<K, V> codec) {
        var client = RedisClient.create(resources);
        client.setOptions(Options.of(settings));
        var uri = settings.address()
                .uris(settings.clientName(), settings.handshakeTimeout())
                .get(0);
        return new StandaloneConnector<>(client, uri, codec);
    }

    @Override
    public CompletionStage<LiveConnection<K, V>> connect() {
        return client.connectAsync(codec, uri).thenApply(Connection::new);
    }

    /** Connects over a {@link Wire}. The client only owns the resources. */
    record Wired<K, V>(
            RedisClient client, Wire wire, ClientResources resources, RedisCodec<K, V> codec, Duration commandTimeout)
            implements Connector<K, V> {
        static <K, V> Wired<K, V> of(
                Wire wire, LinkSettings settings, ClientResources resources, RedisCodec<K, V> codec) {
            return new Wired<>(RedisClient.create(resources), wire, resources, codec, settings.commandTimeout());
        }

        @Override
        public CompletionStage<LiveConnection<K, V>> connect() {
            return CompletableFuture.completedStage(new Connection<>(wire.connect(resources, codec, commandTimeout)));
        }
    }

    private record Connection<K, V>(StatefulRedisConnection<K, V> connection) implements LiveConnection<K, V> {
        @Override
        public boolean isUsable() {
            return isOpen();
        }

        @Override
        public RedisClusterAsyncCommands<K, V> commands() {
            return connection.async();
        }

        @Override
        public List<MasterLink<K, V>> masters() {
            return List.of(new MasterLink<>(
                    "master",
                    OptionalInt.empty(),
                    Connection::everySlot,
                    CompletableFuture.completedFuture(connection)));
        }

        private static BitSet everySlot() {
            var slots = new BitSet(SlotHash.SLOT_COUNT);
            slots.set(0, SlotHash.SLOT_COUNT);
            return slots;
        }

        @Override
        public OptionalInt positionIndex(int slot) {
            return OptionalInt.empty();
        }
    }
}
