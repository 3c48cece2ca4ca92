// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One master by itself, for what is not said of a key: SCAN, INFO. Thread-safe.
 *
 * @param <K> of keys
 * @param <V> of values
 */
public final class MasterLink<K, V> {
    private final String id;
    private final OptionalInt positionIndex;
    private final CompletionStage<? extends RedisClusterAsyncCommands<K, V>> commands;

    MasterLink(
            String id, OptionalInt positionIndex, CompletionStage<? extends RedisClusterAsyncCommands<K, V>> commands) {
        this.id = id;
        this.positionIndex = positionIndex;
        this.commands = commands;
    }

    /** The node's id in a Cluster, else always the same. */
    public String id() {
        return id;
    }

    /** The n of its position key, see {@link PositionIndex}; empty if it is the only master. */
    public OptionalInt positionIndex() {
        return positionIndex;
    }

    /** Sends a command to it, once there is a connection. */
    public <A> CompletionStage<A> send(
            Function<? super RedisClusterAsyncCommands<K, V>, ? extends CompletionStage<A>> command) {
        return commands.thenCompose(command);
    }

    @Override
    public String toString() {
        return id;
    }
}
