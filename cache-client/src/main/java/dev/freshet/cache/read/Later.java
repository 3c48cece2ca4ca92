// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/** Steps of a read that run in other threads than the one that asked. */
public final class Later {
    /** For what does not wait for a database. */
    public static final Executor SHORT = ForkJoinPool.commonPool();

    private Later() {}

    /** A step, which may wait. */
    @FunctionalInterface
    public interface Step<R> {
        R run() throws Exception;
    }

    /**
     * Runs a step.
     *
     * @return fails with what the step threw, or with the executor if that takes no more
     */
    public static <R> CompletableFuture<R> in(Executor executor, Step<R> step) {
        try {
            return CompletableFuture.supplyAsync(() -> run(step), executor);
        } catch (RuntimeException rejected) {
            return CompletableFuture.failedFuture(rejected);
        }
    }

    private static <R> R run(Step<R> step) {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return step.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** What a stage failed with, as it was thrown. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Answers a failure otherwise, unless that gives null. */
    static <R> CompletableFuture<R> otherwise(CompletableFuture<R> stage, Function<Exception, R> answer) {
        return stage.exceptionallyCompose(failure -> {
            R found = cause(failure) instanceof Exception exception ? answer.apply(exception) : null;
            return found == null ? CompletableFuture.failedFuture(failure) : CompletableFuture.completedFuture(found);
        });
    }
}
