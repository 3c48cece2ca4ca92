// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.AbstractRedisClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Connects to one kind of Redis. */
interface Connector<K, V> {
    AbstractRedisClient client();

    CompletionStage<LiveConnection<K, V>> connect();

    /**
     * Whether a connection leads to the server that a new one would. Asked periodically if {@link #mayMove}.
     *
     * @return fails if it cannot be determined
     */
    default CompletionStage<Boolean> isStillRight(LiveConnection<K, V> standing) {
        return CompletableFuture.completedStage(true);
    }

    /** Whether the right server may change while the connected one keeps running. */
    default boolean mayMove() {
        return false;
    }
}
