// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.servers;

import dev.freshet.core.cache.Cache;
import dev.freshet.redis.RedisAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a cache, whose calls wait for Redis however long that takes, and gives up after a while. */
public final class PatientCache {
    private final Cache cache;
    private final RedisAddress server;
    private final Duration patience;

    /**
     * @param server for the message, if it does not answer
     * @param patience how long to wait for an answer
     */
    public PatientCache(Cache cache, RedisAddress server, Duration patience) {
        this.cache = cache;
        this.server = server;
        this.patience = patience;
    }

    /** Redis did not answer in time; the message says which, and why as far as it is known. */
    public static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message) {
            super(message);
        }
    }

    /**
     * The answer of a call.
     *
     * @throws UnavailableException if there is none in time; the call is interrupted
     */
    public <T> T ask(Callable<T> call) throws UnavailableException, InterruptedException {
        var task = new FutureTask<>(call);
        var thread = new Thread(task, "freshet-ask");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            String reason = cache.status().reason();
            throw new UnavailableException(
                    "Redis at " + server + ": " + (reason == null ? "no answer in " + Amounts.time(patience) : reason));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
