// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells a stream that has gone silent from one that has much to do: an engine that runs is not an engine that streams. A
 * marker that is on its way for long is a bad sign only if nothing else comes either, and if the server does not say that
 * it is still reading WAL before the marker, or otherwise at work, as it is with a large transaction of which nothing is
 * sent yet.
 *
 * <p>Not all of its work shows: of one that decodes a large transaction of which nothing is published it is chance, or a
 * matter of rights, whether it is seen at it; and it begins anew with each stream. So whoever gives up waits longer the
 * next time. Outlives the runs of the stream. Not thread-safe.
 */
final class StallWatch {
    /** An engine may take long to open the stream on a busy machine, and must not be stopped before it has. */
    private static final long LEAST_FOR_THE_FIRST = Duration.ofMinutes(1).toNanos();

    private static final long LONGEST = Duration.ofHours(1).toNanos();
    private static final int LEAST_IN_A_ROW = 2;
    /** By then any bound has been doubled past the longest. */
    private static final int MOST_DOUBLINGS = 20;

    private final long bound;
    private final LongSupplier nanoTime;
    private long progressAt;
    private Lsn sent = Lsn.ZERO;
    private boolean opened;
    private int inARow;

    StallWatch(Duration bound, LongSupplier nanoTime) {
        this.bound = bound.toNanos();
        this.nanoTime = nanoTime;
        begin();
    }

    /** A new run of the stream. */
    void begin() {
        progressAt = nanoTime.getAsLong();
        sent = Lsn.ZERO;
        opened = false;
    }

    /**
     * Something came out of the stream, and is dealt with.
     *
     * @param marked whether a marker of this run was there: then nothing is left of what an earlier run waited for
     */
    void received(boolean marked) {
        opened = true;
        progressAt = nanoTime.getAsLong();
        if (marked) {
            inARow = 0;
        }
    }

    /**
     * So far the server says that it has read and sent WAL.
     *
     * @param working whether it says that it is at work: on the way to the marker that is a good sign, too
     * @param oldest the marker that is on its way for longest
     */
    void sent(Lsn lsn, boolean working, Optional<Heartbeat.Marker> oldest) {
        boolean before = oldest.isPresent() && sent.isBefore(oldest.get().lsn());
        if (before && (working || lsn.isAfter(sent))) {
            progressAt = nanoTime.getAsLong();
        }
        sent = lsn;
    }

    /** Whether to give the stream up. */
    boolean stalled(Optional<Heartbeat.Marker> oldest) {
        long now = nanoTime.getAsLong();
        long patience = patience().toNanos();
        return oldest.isPresent() && now - oldest.get().writtenAt() > patience && now - progressAt > patience;
    }

    /** The stream is given up: the next run waits twice as long. */
    void gaveUp() {
        inARow++;
    }

    /** Whether silence was borne for as long as it ever is: another attempt would tell no more. */
    boolean isHopeless() {
        return inARow >= LEAST_IN_A_ROW && patience().toNanos() >= LONGEST;
    }

    /** How often the stream was given up since a marker came back last. */
    int inARow() {
        return inARow;
    }

    /** How long silence is borne. */
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
