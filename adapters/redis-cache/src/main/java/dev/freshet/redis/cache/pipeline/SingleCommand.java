// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.pipeline;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A step that leaves nothing else to do.
 *
 * @param <A> what Redis answers
 */
public record SingleCommand<A>(
        Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<A>> command, Consumer<A> taker)
        implements Step<A> {
    public static <A> SingleCommand<A> of(
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<A>> command, Consumer<A> taker) {
        return new SingleCommand<>(command, taker);
    }

    @Override
    public CompletionStage<A> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return command.apply(redis);
    }

    @Override
    public Step<?> accept(A answer) {
        taker.accept(answer);
        return null;
    }
}
