// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.process;

import static dev.freshet.devservices.junit.Patience.PATIENCE;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Threads of one test. If one of them throws, the test throws the same. */
public final class Background implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Future<?>> started = new ArrayList<>();

    /** The work of a thread. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /** A task that is repeated until it is stopped. */
    public final class Loop {
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final AtomicLong rounds = new AtomicLong();
        private final Future<?> future;

        private Loop(Task task) {
            future = threads.submit(() -> {
                while (!stopped.get() && !ended.get()) {
                    task.run();
                    rounds.incrementAndGet();
                }
                return null;
            });
        }

        /** How often the task has run. */
        public long rounds() {
            return rounds.get();
        }

        /** Stops the loop. Throws what the task threw, and also if it never ran. */
        public void stop() {
            stopped.set(true);
            join(future);
            if (rounds() == 0) {
                throw new AssertionError("a loop in the background never went round");
            }
        }

        /** Throws what the task threw, if it did. */
        public void check() {
            if (future.isDone()) {
                join(future);
            }
        }
    }

    public Loop repeat(Task task) {
        return new Loop(task);
    }

    public void start(Task task) {
        started.add(threads.submit(() -> {
            task.run();
            return null;
        }));
    }

    /** Waits until all started tasks have ended. */
    public void awaitStarted() {
        started.forEach(Background::join);
        started.clear();
    }

    private static void join(Future<?> future) {
        try {
            future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("in the background: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("still busy in the background after " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        ended.set(true);
        threads.shutdownNow();
    }
}
