// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.pipeline;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/** Removes some keys by name. */
public record UnlinkStep(List<byte[]> keys, LongConsumer gone) implements Step<Long> {
    @Override
    public CompletionStage<Long> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return redis.unlink(keys.toArray(byte[][]::new));
    }

    @Override
    public Step<?> accept(Long removed) {
        gone.accept(removed);
        return null;
    }
}
