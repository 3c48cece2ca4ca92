// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A link to one master, for commands that concern no key, such as SCAN and INFO. Thread-safe.
 *
 * @param <K> type of keys
 * @param <V> type of values
 */
public final class MasterLink<K, V> {
    private final String id;
    private final OptionalInt positionIndex;
    private final Supplier<BitSet> slots;
    private final CompletableFuture<StatefulRedisConnection<K, V>> connection;

    MasterLink(
            String id,
            OptionalInt positionIndex,
            Supplier<BitSet> slots,
            CompletableFuture<StatefulRedisConnection<K, V>> connection) {
        this.id = id;
        this.positionIndex = positionIndex;
        this.slots = slots;
        this.connection = connection;
    }

    /** The node id in a Cluster, otherwise always the same. */
    public String id() {
        return id;
    }

    /** The number n in its position key, see {@link PositionIndex}; empty if it is the only master. */
    public OptionalInt positionIndex() {
        return positionIndex;
    }

    /** The slots that it serves, as known now. A copy. */
    public BitSet slots() {
        return slots.get();
    }

    /** The connection to this master alone, if it was made; it may be down now. */
    public Optional<StatefulRedisConnection<K, V>> connection() {
        return connection.isDone() && !connection.isCompletedExceptionally()
                ? Optional.of(connection.join())
                : Optional.empty();
    }

    /** Sends a command to this master once it is connected. */
    public <A> CompletionStage<A> send(
            Function<? super RedisClusterAsyncCommands<K, V>, ? extends CompletionStage<A>> command) {
        return connection.thenCompose(made -> command.apply(made.async()));
    }

    @Override
    public String toString() {
        return id;
    }
}
