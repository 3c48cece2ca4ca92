// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** One transaction. Its client records the outcome; all others only read. Thread-safe. */
public final class Write {
    /** Later than every other value: not yet, or never. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Prefix of the WAL message in which an announced transaction writes its version. */
    public static final String ANNOUNCEMENT = "bench";

    /** The outcome of a transaction. */
    public enum Outcome {
        /** In progress. */
        OPEN,
        COMMITTED,
        ROLLED_BACK
    }

    private final long version;
    private final String what;
    private final List<Row> rows;
    private final long started;
    private final AtomicLongArray invalidated;
    private volatile boolean announced;
    private volatile long acknowledged = NEVER;
    private volatile long position = NEVER;
    private volatile Outcome outcome = Outcome.OPEN;

    /**
     * A transaction that has not been sent yet.
     *
     * @param version the number that it writes, larger than that of every earlier write of these rows
     * @param what its description, in a word or two
     * @param rows the rows that it touches
     * @param started {@link RunClock} before it is sent
     */
    public Write(long version, String what, List<Row> rows, long started) {
        this.version = version;
        this.what = what;
        this.rows = List.copyOf(rows);
        this.started = started;
        this.invalidated = new AtomicLongArray(Protocol.values().length);
        for (int i = 0; i < invalidated.length(); i++) {
            invalidated.set(i, NEVER);
        }
    }

    public long version() {
        return version;
    }

    public String what() {
        return what;
    }

    public List<Row> rows() {
        return rows;
    }

    public boolean touches(Row row) {
        return rows.contains(row);
    }

    public long started() {
        return started;
    }

    /** Records that the transaction carries a message with its version. */
    public void announce() {
        announced = true;
    }

    /** Whether the transaction carries a message with its version. */
    public boolean isAnnounced() {
        return announced;
    }

    /** Records the commit: its client now knows of it, and it lies before this WAL position. */
    public void committed(long acknowledgedAt, long walPosition) {
        position = walPosition;
        acknowledged = acknowledgedAt;
        outcome = Outcome.COMMITTED;
    }

    /** Records that the transaction was rolled back. */
    public void rolledBack() {
        outcome = Outcome.ROLLED_BACK;
    }

    /** Records that everything it made stale has been removed from a baseline's cache. */
    public void invalidated(Protocol protocol, long at) {
        invalidated.set(protocol.ordinal(), at);
    }

    public Outcome outcome() {
        return outcome;
    }

    /** The time when the commit was acknowledged to the client; {@link #NEVER} if it was not. */
    public long acknowledged() {
        return acknowledged;
    }

    /** A WAL position at or after the commit; {@link #NEVER} if it is not known. */
    public long position() {
        return position;
    }

    /** The time when the baseline had removed what the write made stale; {@link #NEVER} if it has not. */
    public long invalidated(Protocol protocol) {
        return invalidated.get(protocol.ordinal());
    }

    @Override
    public String toString() {
        return what + " " + version;
    }
}
