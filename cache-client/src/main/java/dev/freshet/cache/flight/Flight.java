// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.flight;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * One load of one key, and the callers that wait for it.
 *
 * <p>A caller that arrives during a load may already have been told that a commit is visible in the cache, while the
 * load may have read the database before that commit. So a waiter gets the loaded value only
 *
 * <ul>
 *   <li>if it asked before the load began; or
 *   <li>if it asked before the fill was sent, and Redis accepted the fill: then the value was a valid entry at a moment
 *       after the waiter asked, just as if the waiter had read it from Redis.
 * </ul>
 *
 * <p>The second rule holds for level eventual only. At any other level the published position decides, and it proves
 * something only about the moment at which it was read. So a waiter at another level takes only the value of a load
 * that began after it asked.
 *
 * <p>Any other waiter asks again, and one of them leads the next flight. That load begins after all of them asked, so
 * nobody waits for more than two loads, and at most one load of a key runs at a time. Thread-safe.
 *
 * @param <R> what the callers get
 */
public final class Flight<R> {
    private final Thread leader = Thread.currentThread();
    private final long loadTicket;
    private final CompletableFuture<Landing<R>> landing = new CompletableFuture<>();
    private volatile boolean fillSent;

    /** @param loadTicket drawn before the load begins; a waiter with a smaller one asked before */
    public Flight(long loadTicket) {
        this.loadTicket = loadTicket;
    }

    /**
     * How a flight ended.
     *
     * @param result null if it failed
     * @param failure what the loader threw, to be thrown to the waiters as well; null if it concerns its own thread
     *     only
     * @param stored whether Redis accepted the fill
     */
    public record Landing<R>(R result, Throwable failure, boolean stored) {
        /** Nothing that a waiter could use. */
        public static <R> Landing<R> none() {
            return new Landing<>(null, null, false);
        }
    }

    /** Must be called before the fill is sent: an accepted fill proves nothing to callers that ask from now on. */
    public void sealBeforeFill() {
        fillSent = true;
    }

    public void land(Landing<R> end) {
        landing.complete(end);
    }

    /** Ends with the flight, and does not fail. */
    public CompletionStage<Landing<R>> landed() {
        return landing;
    }

    /**
     * Waits for the flight to end.
     *
     * @param arrivalTicket drawn when the waiter asked
     * @param eventual whether the waiter reads at level eventual
     * @return the result, or null if this waiter must ask again
     */
    public <X extends Exception> R await(long arrivalTicket, boolean eventual) throws X, InterruptedException {
        if (leader == Thread.currentThread()) {
            throw new IllegalStateException("a loader asks the cache for the very key that it loads");
        }
        boolean beforeFill = !fillSent;
        Landing<R> end = waited();
        if (end.failure() != null) {
            throw Flight.<X>sneaky(end.failure());
        }
        return result(end, arrivalTicket, eventual, beforeFill);
    }

    /** As {@link #await}, without a thread that waits. */
    public CompletableFuture<R> share(long arrivalTicket, boolean eventual) {
        boolean beforeFill = !fillSent;
        return landing.thenCompose(end -> end.failure() != null
                ? CompletableFuture.failedFuture(end.failure())
                : CompletableFuture.completedFuture(result(end, arrivalTicket, eventual, beforeFill)));
    }

    /** Null if the waiter must ask again. */
    private R result(Landing<R> end, long arrivalTicket, boolean eventual, boolean beforeFill) {
        boolean usable = arrivalTicket < loadTicket || (eventual && beforeFill && end.stored());
        return usable ? end.result() : null;
    }

    private Landing<R> waited() throws InterruptedException {
        try {
            return landing.get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    /** Rethrows unchanged what the leader's loader threw. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable failure) throws X {
        throw (X) failure;
    }
}
