// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts how often changes could not be read at one position, and says when to give them up. Where nothing at all was read
 * since the last time, twice as many attempts are made: then it is hardly the position. Thread-safe.
 */
public final class UnreadableChanges {
    static final int ATTEMPTS = 3;
    private static final int MOST_ATTEMPTS = 96;

    private Lsn position;
    private int attempts;
    private int wanted = ATTEMPTS;
    private int processesWanted = ATTEMPTS;
    private boolean any;
    private Lsn resumedAt;
    private UnreadableException due;
    private long count;
    private Skipped last;

    /**
     * Changes that were given up: the namespace was purged for them.
     *
     * @param from position of the last commit before them
     * @param to position from which on changes are read again
     * @param txId of the transaction that could not be read, if that is known
     * @param why without values
     */
    public record Skipped(Lsn from, Lsn to, OptionalLong txId, String why, Instant at) {}

    /** One attempt to read them failed. Returns whether they are to be given up. */
    synchronized boolean failed(UnreadableException failure) {
        if (!any || !failure.position().equals(position)) {
            wanted = isNoBetter(failure) ? Math.min(2 * wanted, MOST_ATTEMPTS) : ATTEMPTS;
            attempts = 0;
            any = true;
            position = failure.position();
        }
        attempts++;
        if (attempts >= wanted || failure.getCause() == null) {
            due = failure;
        }
        return due != null;
    }

    /** Whether nothing was read since changes were given up last: then they are hardly the reason, and a person must look. */
    synchronized boolean isNoBetter(UnreadableException failure) {
        return count > 0 && failure.position().equals(resumedAt);
    }

    /** How many processes must be lost at a position before what comes there is given up. */
    synchronized int processesWanted(Lsn published) {
        return count > 0 && published.equals(resumedAt) ? processesWanted : ATTEMPTS;
    }

    /** Another instance has read them since. */
    synchronized void wereRead() {
        due = null;
        any = false;
    }

    /** What is to be given up. */
    synchronized Optional<UnreadableException> due() {
        return Optional.ofNullable(due);
    }

    /** They were given up. */
    synchronized void skipped(Lsn to, Instant now) {
        last = new Skipped(due.position(), to, due.txId(), due.why(), now);
        count++;
        resumedAt = to;
        processesWanted = due.processes() == 0 ? ATTEMPTS : Math.min(2 * due.processes(), MOST_ATTEMPTS);
        due = null;
        any = false;
    }

    public synchronized long count() {
        return count;
    }

    /** Those that were given up last. */
    public synchronized Optional<Skipped> last() {
        return Optional.ofNullable(last);
    }
}
