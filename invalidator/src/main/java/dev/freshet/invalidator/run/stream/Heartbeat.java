// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.pipeline.Markers;
import dev.freshet.invalidator.run.source.MarkerLog;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes markers into the WAL and expects them back through the slot. A marker that comes back has passed every step,
 * so readiness is based on it. Its commit lets the position and the slot advance on an idle database. When it is back,
 * everything that committed before it was written has been evicted. Thread-safe.
 */
public final class Heartbeat implements Markers {
    private final Time time;
    private final Duration interval;
    private final Duration fastest;
    /** The present pause between markers. Shorter than the interval while readers ask for it. */
    private Duration pace;

    private final Deque<Marker> underWay = new ArrayDeque<>();
    private String run = "";
    private long written;
    private long returns;
    private long lastAt;
    private Masters held;
    private Instant returnedAt;
    private Duration roundTrip;

    /**
     * A marker in the WAL.
     *
     * @param writtenAt time just before it was written, in nanoseconds of the monotonic clock
     * @param lsn WAL position just past it
     * @param asked what the masters of Redis said before it was written
     */
    record Marker(long number, long writtenAt, Lsn lsn, Masters asked) {}

    /**
     * @param interval the usual pause between markers
     * @param fastest the shortest pause between markers, if readers ask for it
     */
    public Heartbeat(Time time, Duration interval, Duration fastest) {
        this.fastest = fastest;
        this.time = time;
        this.interval = interval;
        this.pace = interval;
    }

    /** Starts a new run of the stream. Markers of earlier runs no longer count. */
    synchronized void begin() {
        run = UUID.randomUUID().toString();
        written = 0;
        returns = 0;
        held = null;
        underWay.clear();
    }

    /** Whether a marker is due. */
    synchronized boolean due() {
        return untilDue().isZero();
    }

    /**
     * The time until the next marker is due. The faster pace that readers ask for applies only while no marker is under
     * way, so that it never makes markers queue.
     */
    synchronized Duration untilDue() {
        Duration every = underWay.isEmpty() ? pace : interval;
        long left = every.toNanos() - (time.nanoTime() - lastAt);
        return written == 0 || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /**
     * Sets the pace to a third of the age that readers accept. This leaves time for the round trip and for a late
     * marker. The pace is never shorter than {@code fastest} and never longer than the interval.
     */
    private void pace(Optional<Duration> wanted) {
        Duration wish = wanted.map(age -> age.dividedBy(3)).orElse(interval);
        Duration enough = wish.compareTo(fastest) < 0 ? fastest : wish;
        pace = enough.compareTo(interval) < 0 ? enough : interval;
    }

    /**
     * Writes a marker.
     *
     * @param asked what the masters of Redis said just now
     */
    void beat(MarkerLog log, Masters asked) {
        String content;
        long number;
        long now = time.nanoTime();
        synchronized (this) {
            number = ++written;
            lastAt = now;
            pace(asked.wanted());
            content = run + " " + number;
        }
        Lsn lsn = log.write(content);
        synchronized (this) {
            underWay.addLast(new Marker(number, now, lsn, asked));
        }
    }

    @Override
    public synchronized void returned(String content) {
        String[] parts = content.split(" ");
        if (parts.length != 2 || !parts[0].equals(run)) {
            return;
        }
        long number = Long.parseLong(parts[1]);
        while (!underWay.isEmpty() && underWay.peekFirst().number() <= number) {
            Marker marker = underWay.removeFirst();
            held = marker.asked();
            roundTrip = Duration.ofNanos(time.nanoTime() - marker.writtenAt());
        }
        returnedAt = time.now();
        returns++;
    }

    /** How many markers of this run have come back. */
    synchronized long returns() {
        return returns;
    }

    @Override
    public synchronized Masters held() {
        return held;
    }

    /** The marker that has been under way longest. */
    synchronized Optional<Marker> oldestUnderWay() {
        return Optional.ofNullable(underWay.peekFirst());
    }

    /** When a marker of any run last came back. */
    public synchronized Optional<Instant> returnedAt() {
        return Optional.ofNullable(returnedAt);
    }

    /** How long the last returned marker was under way. */
    public synchronized Optional<Duration> roundTrip() {
        return Optional.ofNullable(roundTrip);
    }

    /** The time since a marker last came back; empty if none ever did. */
    public Optional<Duration> silence() {
        return returnedAt().map(at -> Duration.between(at, time.now()));
    }
}
