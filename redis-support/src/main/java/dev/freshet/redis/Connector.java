// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.AbstractRedisClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How to connect to one kind of Redis. */
interface Connector<K, V> {
    AbstractRedisClient client();

    CompletionStage<LiveConnection<K, V>> connect();

    /**
     * Whether a connection leads where a new one would. Asked now and then, where {@link #mayMove}.
     *
     * @return fails if nobody can tell
     */
    default CompletionStage<Boolean> isStillRight(LiveConnection<K, V> standing) {
        return CompletableFuture.completedStage(true);
    }

    /** Whether the server to connect to may become another while the one that is connected goes on. */
    default boolean mayMove() {
        return false;
    }
}
