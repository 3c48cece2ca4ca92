// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/**
 * One command of a batch. Doing it twice does no harm, as a command that timed out may have been done.
 *
 * @param <A> what Redis answers
 */
interface Step<A> {
    CompletionStage<A> send(RedisClusterAsyncCommands<byte[], byte[]> redis);

    /**
     * Takes the answer in, in the thread that runs the batch.
     *
     * @return what is left to do, or null
     */
    Step<?> accept(A answer);
}
