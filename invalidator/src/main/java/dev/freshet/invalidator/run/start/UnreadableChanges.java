// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts how often the changes at one position could not be read, and decides when to give them up. If nothing at all
 * was read since changes were last given up, the changes are hardly the cause, and twice as many attempts are made.
 * Thread-safe.
 */
public final class UnreadableChanges {
    public static final int ATTEMPTS = 3;
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
     * Changes that were given up. The namespace was purged instead.
     *
     * @param from WAL position of the last commit before them
     * @param to WAL position from which changes are read again
     * @param txId of the transaction that could not be read, if known
     * @param why without row values
     */
    public record Skipped(Lsn from, Lsn to, OptionalLong txId, String why, Instant at) {}

    /** Records a failed attempt. Returns whether to give up the changes. */
    public synchronized boolean failed(UnreadableException failure) {
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

    /**
     * Whether nothing was read since changes were last given up. Then the changes are hardly the cause, and a person
     * must look.
     */
    public synchronized boolean isNoBetter(UnreadableException failure) {
        return count > 0 && failure.position().equals(resumedAt);
    }

    /** How many processes must be lost at a position before the changes there are given up. */
    synchronized int processesWanted(Lsn published) {
        return count > 0 && published.equals(resumedAt) ? processesWanted : ATTEMPTS;
    }

    /** Records that another instance has read the changes since. */
    synchronized void wereRead() {
        due = null;
        any = false;
    }

    /** The changes to give up, if any. */
    synchronized Optional<UnreadableException> due() {
        return Optional.ofNullable(due);
    }

    /** Records that the changes were given up. */
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

    /** The changes that were given up last. */
    public synchronized Optional<Skipped> last() {
        return Optional.ofNullable(last);
    }
}
