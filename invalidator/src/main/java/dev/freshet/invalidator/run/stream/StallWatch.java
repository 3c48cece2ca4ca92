// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Distinguishes a stalled stream from a busy one. A running engine does not prove that the stream is alive. A late
 * marker is a bad sign only if nothing else arrives either. It is not a bad sign while the server still reads WAL
 * before the marker or is otherwise at work, for example on a large transaction of which nothing was sent yet.
 *
 * <p>The server's work is not always visible. If it decodes a large transaction of which nothing is published, it
 * depends on chance, or on rights, whether it is seen at work. It also starts over with each stream. So after each
 * stream that is given up, the next one is given more time. Outlives the runs of the stream. Not thread-safe.
 */
public final class StallWatch {
    /** On a busy machine, an engine may take long to open the stream. It must not be stopped before that. */
    private static final long LEAST_FOR_THE_FIRST = Duration.ofMinutes(1).toNanos();

    private static final long LONGEST = Duration.ofHours(1).toNanos();
    private static final int LEAST_IN_A_ROW = 2;
    /** After so many doublings, any bound exceeds {@link #LONGEST}. */
    private static final int MOST_DOUBLINGS = 20;

    private final long bound;
    private final LongSupplier nanoTime;
    private long progressAt;
    private Lsn sent = Lsn.ZERO;
    private boolean opened;
    private int inARow;

    public StallWatch(Duration bound, LongSupplier nanoTime) {
        this.bound = bound.toNanos();
        this.nanoTime = nanoTime;
        begin();
    }

    /** Starts a new run of the stream. */
    void begin() {
        progressAt = nanoTime.getAsLong();
        sent = Lsn.ZERO;
        opened = false;
    }

    /**
     * Records that something arrived from the stream and was handled.
     *
     * @param marked whether a marker of this run has come back; then the count of given-up streams starts over
     */
    void received(boolean marked) {
        opened = true;
        progressAt = nanoTime.getAsLong();
        if (marked) {
            inARow = 0;
        }
    }

    /**
     * Records up to which WAL position the server reports to have read and sent.
     *
     * @param working whether the server reports to be at work, which counts as progress until it reaches the marker
     * @param oldest the marker that has been under way longest
     */
    void sent(Lsn lsn, boolean working, Optional<Heartbeat.Marker> oldest) {
        boolean before = oldest.isPresent() && sent.isBefore(oldest.get().lsn());
        if (before && (working || lsn.isAfter(sent))) {
            progressAt = nanoTime.getAsLong();
        }
        sent = lsn;
    }

    /** Whether to give up the stream. */
    boolean stalled(Optional<Heartbeat.Marker> oldest) {
        long now = nanoTime.getAsLong();
        long patience = patience().toNanos();
        return oldest.isPresent() && now - oldest.get().writtenAt() > patience && now - progressAt > patience;
    }

    /**
     * Gives up the stream. The next run waits twice as long; once the longest wait was in vain, the changes are given up.
     *
     * @param published the position of the last commit that was read and evicted
     * @return the failure to throw
     */
    RuntimeException giveUp(Lsn published) {
        Duration patience = patience();
        if (isHopeless()) {
            return new UnreadableException(
                    published,
                    OptionalLong.empty(),
                    "the stream was silent for " + patience.toMinutes() + " minutes, repeatedly",
                    null);
        }
        gaveUp();
        return new IllegalStateException("the stream is silent: no marker came back within " + patience.toMillis()
                + " ms; the next one is given " + patience().toSeconds() + " s");
    }

    /** Records that the stream was given up. The next run waits twice as long. */
    void gaveUp() {
        inARow++;
    }

    /** Whether the patience has reached its maximum. Another attempt would not help. */
    boolean isHopeless() {
        return inARow >= LEAST_IN_A_ROW && patience().toNanos() >= LONGEST;
    }

    /** What is waited for if streams were given up since a marker last came back; otherwise null. */
    String waitingFor() {
        return inARow == 0
                ? null
                : "waits up to " + patience().toSeconds() + " s for the first marker: the stream was silent " + inARow
                        + " times in a row";
    }

    /** How long silence is tolerated. */
    Duration patience() {
        if (inARow == 0 && opened) {
            return Duration.ofNanos(bound);
        }
        long first = Math.max(bound, LEAST_FOR_THE_FIRST);
        if (first >= LONGEST) {
            return Duration.ofNanos(first);
        }
        return Duration.ofNanos(Math.min(first << Math.min(inARow, MOST_DOUBLINGS), LONGEST));
    }
}
