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
 * Runs work in a thread of its own, and stops waiting for it if Redis does not accept evictions, or if the time of a poll
 * is used up: whoever keeps Kafka Connect for longer loses its partitions. Work that nobody waits for any longer goes on;
 * the next call waits for its end first, and takes its result if it asks for the same. If it were broken off, or done
 * again, what takes longer than a poll may take, such as a purge, would begin again and again. Used by one thread.
 */
final class Patience implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String TIME_IS_UP = "not done in the time of a poll (batch.timeout.ms): ";

    private final ExecutorService thread;
    private final Supplier<EvictorStatus> redis;
    private final Duration withRedis;
    private final Duration inAll;
    private final Clock clock;
    /** Work whose result nobody has taken; null if there is none. */
    private Untaken untaken;
    /** What was waited for since the poll, in nanoseconds. */
    private long waited;

    /**
     * @param withRedis how long Redis may refuse before it is not waited for any longer
     * @param inAll how long may be waited for between two polls, in all calls together
     */
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

    /** @param request what it was done for */
    private record Untaken(Object request, Future<?> running) {}

    /** Kafka Connect has polled: from now on the whole time is there again. */
    void polled() {
        waited = 0;
    }

    /**
     * Runs the work, after the end of what is untaken. If that failed, this fails in the same way, and the work is not begun.
     * If it was done for an equal request, its result is this one's.
     *
     * @throws PutOffException if its end was not waited for, or it was not begun for want of time
     */
    @SuppressWarnings("unchecked") // equal requests have results of one type
    <T> T run(Object request, Callable<T> work) throws InterruptedException {
        if (untaken != null) {
            T result = (T) result(untaken.running());
            if (untaken.request().equals(request)) {
                untaken = null;
                return result;
            }
        }
        if (left() <= 0) {
            throw new PutOffException(TIME_IS_UP + "not begun", null);
        }
        Future<T> running = thread.submit(work);
        untaken = new Untaken(request, running);
        T result = result(running);
        untaken = null;
        return result;
    }

    private <T> T result(Future<T> running) throws InterruptedException {
        while (true) {
            long start = System.nanoTime();
            try {
                return running.get(Math.max(0, Math.min(LOOK.toNanos(), left())), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                untaken = null;
                throw failure(e.getCause());
            } catch (TimeoutException e) {
                // Told below, once this wait is counted.
            } finally {
                waited += System.nanoTime() - start;
            }
            requireHope();
        }
    }

    private long left() {
        return inAll.toNanos() - waited;
    }

    private void requireHope() {
        EvictorStatus status = redis.get();
        if (status.waiting() && status.since().plus(withRedis).isBefore(clock.instant())) {
            throw new PutOffException("Redis accepts no evictions: " + status.reason(), null);
        }
        if (left() <= 0) {
            throw new PutOffException(TIME_IS_UP + "it goes on meanwhile", null);
        }
    }

    /** An error is no reason to try again: it would come again, and nobody would see it. */
    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new PutOffException("interrupted", cause);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
