// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * One load of one key, and those who wait for it.
 *
 * <p>Whoever asks while a load runs may have been told meanwhile that a commit is visible in the cache, and the load may
 * have read the database before that commit. So a waiter gets the loaded value only
 *
 * <ul>
 *   <li>if it asked before the load began; or
 *   <li>if it asked before the fill was sent, and Redis accepted the fill: then the value was a valid entry at a moment
 *       after the waiter asked, just as if the waiter had read it from Redis.
 * </ul>
 *
 * <p>The second rule is for level eventual alone. What the published position proves, it proves of the moment when it was
 * read: a waiter that asks for more than the cache as it stands takes only a load that began after it asked.
 *
 * <p>Any other waiter asks again, and one of them leads the next flight. As the next load began after all of them asked,
 * nobody waits for more than two loads, and no more than one load of a key runs at a time.
 */
final class Flight {
    private final Thread leader = Thread.currentThread();
    private final long loadTicket;
    private final CompletableFuture<Landing> landing = new CompletableFuture<>();
    private volatile boolean fillSent;

    /**
     * @param loadTicket drawn after which the load begins; a waiter with a smaller one asked before
     */
    Flight(long loadTicket) {
        this.loadTicket = loadTicket;
    }

    /**
     * How a flight ended.
     *
     * @param result null if it failed
     * @param failure what the loader threw, for those who wait as well; null if that concerns its own thread alone
     * @param stored whether Redis accepted the fill
     */
    record Landing(CacheResult result, Throwable failure, boolean stored) {
        /** Nothing for anybody but its own thread. */
        static final Landing NONE = new Landing(null, null, false);
    }

    /** Called before the fill is sent: from now on it says nothing to those who ask. */
    void sealBeforeFill() {
        fillSent = true;
    }

    void land(Landing end) {
        landing.complete(end);
    }

    /**
     * Waits for the flight to end.
     *
     * @param arrivalTicket drawn when the waiter asked
     * @param eventual whether the waiter takes the cache as it stands
     * @return the result, or null if this waiter must ask again
     */
    <X extends Exception> CacheResult await(long arrivalTicket, boolean eventual) throws X, InterruptedException {
        if (leader == Thread.currentThread()) {
            throw new IllegalStateException("a loader asks the cache for the very key that it loads");
        }
        boolean beforeFill = !fillSent;
        Landing end = landed();
        if (end.failure() != null) {
            throw Flight.<X>sneaky(end.failure());
        }
        boolean usable = arrivalTicket < loadTicket || (eventual && beforeFill && end.stored());
        return usable ? end.result() : null;
    }

    private Landing landed() throws InterruptedException {
        try {
            return landing.get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    /** Passes on unchanged what the leader's loader threw. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable failure) throws X {
        throw (X) failure;
    }
}
