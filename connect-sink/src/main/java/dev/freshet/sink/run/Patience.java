// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

import dev.freshet.core.cache.EvictorStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs work in a thread of its own, and gives it up if Redis does not accept evictions, or if it takes too long: whoever
 * waits in Kafka Connect for longer loses its partitions. What is given up may go on for a moment; the next work begins
 * when it has ended.
 */
final class Patience implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ExecutorService thread;
    private final Supplier<EvictorStatus> redis;
    private final Duration withRedis;
    private final Duration inAll;
    private final Clock clock;

    Patience(String name, Supplier<EvictorStatus> redis, Duration withRedis, Duration inAll, Clock clock) {
        this.thread = Executors.newSingleThreadExecutor(work -> {
            var worker = new Thread(work, name);
            worker.setDaemon(true);
            return worker;
        });
        this.redis = redis;
        this.withRedis = withRedis;
        this.inAll = inAll;
        this.clock = clock;
    }

    /** @throws PutOffException if it was given up */
    <T> T run(Callable<T> work) throws InterruptedException {
        Future<T> running = thread.submit(work);
        long start = System.nanoTime();
        try {
            while (true) {
                try {
                    return running.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    requireHope(System.nanoTime() - start);
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new PutOffException("interrupted", e.getCause());
        } finally {
            running.cancel(true);
        }
    }

    private void requireHope(long nanos) {
        EvictorStatus status = redis.get();
        if (status.waiting() && status.since().plus(withRedis).isBefore(clock.instant())) {
            throw new PutOffException("Redis accepts no evictions: " + status.reason(), null);
        }
        if (nanos > inAll.toNanos()) {
            throw new PutOffException("not done after " + inAll.toMillis() + " ms (batch.timeout.ms)", null);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
