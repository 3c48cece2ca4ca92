// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.pipeline;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/**
 * One command of a batch. It must be safe to run twice, because a command that timed out may have been executed.
 *
 * @param <A> what Redis answers
 */
public interface Step<A> {
    CompletionStage<A> send(RedisClusterAsyncCommands<byte[], byte[]> redis);

    /**
     * Processes the answer, in the thread that runs the batch.
     *
     * @return what is left to do, or null
     */
    Step<?> accept(A answer);
}
