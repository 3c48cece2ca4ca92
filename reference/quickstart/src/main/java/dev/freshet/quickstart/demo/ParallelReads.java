// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Many reads with limited concurrency. For use by one thread; {@code each} is called from several threads. */
public final class ParallelReads {
    private static final int AT_A_TIME = 16;

    private final Api api;
    private final Consumer<Answer> each;
    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();

    public ParallelReads(Api api, Consumer<Answer> each) {
        this.api = api;
        this.each = each;
    }

    /** Starts a read, after waiting for a free place. Returns before the read has finished. */
    public void read(String path) {
        places.acquireUninterruptibly();
        throwIfFailed();
        api.readAsync(path).whenComplete((answer, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            } else {
                done.incrementAndGet();
                hits.addAndGet(answer.cache().equals("hit") ? 1 : 0);
                each.accept(answer);
            }
            places.release();
        });
    }

    /** Returns when all reads have finished. */
    public void await() {
        places.acquireUninterruptibly(AT_A_TIME);
        throwIfFailed();
    }

    public int done() {
        return done.get();
    }

    public int hits() {
        return hits.get();
    }

    private void throwIfFailed() {
        var error = failure.get();
        if (error != null) {
            var cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            throw new QuickstartException("a read failed: " + cause, cause);
        }
    }
}
