// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.flight;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The reads of this process that wait for loads of other processes. Of those that wait for one entry, one asks Redis again
 * and again, at growing intervals, and at once when it is told of a change; the others wait for that one. Nobody waits
 * longer than the patience that was given. Whoever has waited asks Redis again, and takes what comes by the ordinary rules:
 * so to wait proves nothing, and costs nothing but time. Thread-safe.
 */
public final class LeaseWaits {
    private static final long FIRST_MILLIS = 2;
    private static final long MOST_MILLIS = 50;

    private final ConcurrentHashMap<String, Poll> polls = new ConcurrentHashMap<>();

    /** Redis tells that a key changed: an entry, or its lease. Does not block. */
    public void told(String key) {
        var poll = polls.get(key);
        if (poll != null) {
            poll.told.release();
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
        private final Semaphore told = new Semaphore(0);
        private final CountDownLatch over = new CountDownLatch(1);
    }

    /** Used by one thread. */
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
         * Waits until Redis should be asked again for this entry.
         *
         * @param lease the key of its lease
         * @return false if the patience is over: then this read loads for itself
         */
        public boolean goesOn(String entry, String lease) throws InterruptedException {
            if (!waited) {
                waited = true;
                deadline = System.nanoTime() + patience;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (!entry.equals(this.entry)) {
                end();
                var poll = new Poll();
                var standing = polls.putIfAbsent(entry, poll);
                if (standing != null) {
                    standing.over.await(left, TimeUnit.NANOSECONDS);
                    return true;
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
            if (mine.told.tryAcquire(Math.min(left, jittered), TimeUnit.NANOSECONDS)) {
                mine.told.drainPermits();
            }
            return true;
        }

        /** This read waits no more: those that waited for it ask for themselves. */
        public void end() {
            if (mine != null) {
                polls.remove(entry, mine);
                polls.remove(lease, mine);
                mine.over.countDown();
                mine = null;
                entry = null;
            }
        }
    }
}
