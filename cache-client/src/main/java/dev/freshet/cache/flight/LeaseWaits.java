// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.flight;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The reads of this process that wait for loads of other processes. Of those that wait for one entry, one asks Redis again
 * and again, at growing intervals, and at once when it is told of a change; the others wait for that one. Nobody waits
 * longer than the patience that was given. Whoever has waited asks Redis again, and takes what comes by the ordinary rules:
 * so to wait proves nothing, and costs nothing but time. No thread is needed to wait. Thread-safe.
 */
public final class LeaseWaits {
    private static final long FIRST_MILLIS = 2;
    private static final long MOST_MILLIS = 50;

    private final ConcurrentHashMap<String, Poll> polls = new ConcurrentHashMap<>();

    /** Redis tells that a key changed: an entry, or its lease. Does not block. */
    public void told(String key) {
        var poll = polls.get(key);
        if (poll != null) {
            poll.changed().complete(null);
        }
    }

    /** Whether nobody waits. */
    public boolean isEmpty() {
        return polls.isEmpty();
    }

    /** The wait of one read, which begins with its first question. */
    public Wait begin(Duration patience) {
        return new Wait(patience.toNanos());
    }

    /** One read asks for all. */
    private static final class Poll {
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private CompletableFuture<Void> changed = new CompletableFuture<>();

        /** Ends when a change is told; already ended if one was since the last pause. */
        synchronized CompletableFuture<Void> changed() {
            return changed;
        }

        /** A pause is over: what was told until now has been heard. */
        synchronized void heard() {
            if (changed.isDone()) {
                changed = new CompletableFuture<>();
            }
        }
    }

    /** Used by one thread at a time. */
    public final class Wait {
        private final long patience;
        private boolean waited;
        private long deadline;
        private String entry;
        private String lease;
        private Poll mine;
        private long pause;

        private Wait(long patience) {
            this.patience = patience;
        }

        /** Whether it has not waited yet. */
        public boolean isFirst() {
            return !waited;
        }

        /**
         * Until Redis should be asked again for this entry.
         *
         * @param lease the key of its lease
         * @return ends then, and does not fail; empty if the patience is over: then this read loads for itself
         */
        public Optional<CompletableFuture<Void>> next(String entry, String lease) {
            if (!waited) {
                waited = true;
                deadline = System.nanoTime() + patience;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            if (!entry.equals(this.entry)) {
                end();
                var poll = new Poll();
                var standing = polls.putIfAbsent(entry, poll);
                if (standing != null) {
                    return Optional.of(within(left, standing.over));
                }
                polls.put(lease, poll);
                this.entry = entry;
                this.lease = lease;
                mine = poll;
                pause = FIRST_MILLIS;
            }
            long jittered = TimeUnit.MILLISECONDS.toNanos(pause)
                    * ThreadLocalRandom.current().nextLong(50, 151)
                    / 100;
            pause = Math.min(2 * pause, MOST_MILLIS);
            var asking = mine;
            return Optional.of(
                    within(Math.min(left, jittered), asking.changed()).thenRun(asking::heard));
        }

        private static CompletableFuture<Void> within(long nanos, CompletableFuture<Void> event) {
            return event.copy().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
        }

        /**
         * Waits in this thread, as {@link #next} tells.
         *
         * @return false if the patience is over
         */
        public boolean goesOn(String entry, String lease) throws InterruptedException {
            var next = next(entry, lease);
            if (next.isEmpty()) {
                return false;
            }
            try {
                next.get().get();
                return true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a pause does not fail", e.getCause());
            }
        }

        /** This read waits no more: those that waited for it ask for themselves. */
        public void end() {
            if (mine != null) {
                polls.remove(entry, mine);
                polls.remove(lease, mine);
                mine.over.complete(null);
                mine = null;
                entry = null;
            }
        }
    }
}
