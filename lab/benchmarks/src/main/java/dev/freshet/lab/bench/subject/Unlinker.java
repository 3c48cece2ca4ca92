// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Unlinks keys without waiting for the answers, up to a limit of keys. A failure ends the process. Thread-safe. */
final class Unlinker implements AutoCloseable {
    private static final int MOST_UNANSWERED_KEYS = 20_000;

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final Semaphore unanswered = new Semaphore(MOST_UNANSWERED_KEYS);

    Unlinker(String redisUri) {
        client = RedisClient.create(redisUri);
        connection = client.connect();
    }

    /** Sends one UNLINK. Answers come in the order of the calls. */
    CompletionStage<Long> unlink(List<String> keys) {
        unanswered.acquireUninterruptibly(keys.size());
        return connection.async().unlink(keys.toArray(String[]::new)).whenComplete((count, failure) -> {
            unanswered.release(keys.size());
            if (failure != null) {
                failure.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        });
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
