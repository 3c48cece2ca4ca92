// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/** Takes back the position on one master, and leaves standing whose it was. */
record WithdrawStep(String key) implements Step<Long> {
    private static final byte[][] FIELDS =
            PositionHash.WITHDRAWN.stream().map(Utf8::utf8).toArray(byte[][]::new);

    @Override
    public CompletionStage<Long> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return redis.hdel(Utf8.utf8(key), FIELDS);
    }

    @Override
    public Step<?> accept(Long removed) {
        return null;
    }
}
