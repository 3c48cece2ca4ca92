// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.AbstractRedisClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connects as another one does, but breaks off the first attempts, and the first looks whether a connection is still
 * right; then it says that it is not.
 */
record Stumbling(Connector<String, String> real, AtomicInteger attempts, AtomicInteger looks)
        implements Connector<String, String> {
    @Override
    public AbstractRedisClient client() {
        return real.client();
    }

    @Override
    public CompletionStage<LiveConnection<String, String>> connect() {
        stumble(attempts);
        return real.connect();
    }

    @Override
    public CompletionStage<Boolean> isStillRight(LiveConnection<String, String> standing) {
        stumble(looks);
        return CompletableFuture.completedStage(false);
    }

    @Override
    public boolean mayMove() {
        return looks.get() > 0;
    }

    private static void stumble(AtomicInteger left) {
        if (left.getAndDecrement() > 0) {
            throw new IllegalStateException("stumbled");
        }
    }
}
