// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.Capture;
import dev.freshet.invalidator.evict.Masters;
import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Writes markers into the WAL and expects them back through the slot. A marker that comes back has passed every step, so
 * it is what readiness means; its commit lets position and slot advance on an idle database; and everything that had
 * committed before it was written is evicted then. Thread-safe.
 */
public final class Heartbeat {
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Duration interval;
    private final Duration fastest;
    /** Shorter than the interval while readers want it so. */
    private Duration pace;

    private final Deque<Marker> underWay = new ArrayDeque<>();
    private String run = "";
    private long written;
    private long lastAt;
    private Masters held;
    private Instant returnedAt;
    private Duration roundTrip;

    /**
     * A marker in the WAL.
     *
     * @param writtenAt nanoseconds of the monotonic clock, before it was written
     * @param lsn WAL position behind it
     * @param asked what the masters of Redis said before it was written
     */
    record Marker(long number, long writtenAt, Lsn lsn, Masters asked) {}

    /**
     * @param interval between markers
     * @param fastest the shortest that it becomes while readers want it so
     */
    public Heartbeat(Clock clock, Duration interval, Duration fastest) {
        this(clock, System::nanoTime, interval, fastest);
    }

    Heartbeat(Clock clock, LongSupplier nanoTime, Duration interval, Duration fastest) {
        this.fastest = fastest;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.interval = interval;
        this.pace = interval;
    }

    /** A new run of the stream: markers of earlier ones no longer count. */
    synchronized void begin() {
        run = UUID.randomUUID().toString();
        written = 0;
        held = null;
        underWay.clear();
    }

    /** Whether it is time for a marker. */
    synchronized boolean due() {
        return untilDue().isZero();
    }

    /**
     * How long until it is time for a marker. What readers want never makes markers queue: then one is written once the last
     * one is back.
     */
    synchronized Duration untilDue() {
        Duration every = underWay.isEmpty() ? pace : interval;
        long left = every.toNanos() - (nanoTime.getAsLong() - lastAt);
        return written == 0 || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /**
     * A third of the age that readers take, so that a marker may be late, and is under way for some time; no less than
     * the fastest, and no more than the interval.
     */
    private void pace(Optional<Duration> wanted) {
        Duration wish = wanted.map(age -> age.dividedBy(3)).orElse(interval);
        Duration enough = wish.compareTo(fastest) < 0 ? fastest : wish;
        pace = enough.compareTo(interval) < 0 ? enough : interval;
    }

    /** @param asked the masters of Redis as they were asked just now */
    void beat(Connection connection, Masters asked) throws SQLException {
        String content;
        long number;
        long now = nanoTime.getAsLong();
        synchronized (this) {
            number = ++written;
            lastAt = now;
            pace(asked.wanted());
            content = run + " " + number;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_logical_emit_message(true, '" + Capture.MESSAGE_PREFIX + "', ?) - '0/0'::pg_lsn")) {
            statement.setString(1, content);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                synchronized (this) {
                    underWay.addLast(new Marker(number, now, new Lsn(row.getLong(1)), asked));
                }
            }
        }
    }

    /** Markers must not hang on a synchronous standby that does not answer. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = local");
        }
    }

    /** A marker came out of the pipeline, everything before it evicted. True if it is one of this run. */
    synchronized boolean returned(String content) {
        String[] parts = content.split(" ");
        if (parts.length != 2 || !parts[0].equals(run)) {
            return false;
        }
        long number = Long.parseLong(parts[1]);
        while (!underWay.isEmpty() && underWay.peekFirst().number() <= number) {
            Marker marker = underWay.removeFirst();
            held = marker.asked();
            roundTrip = Duration.ofNanos(nanoTime.getAsLong() - marker.writtenAt());
        }
        returnedAt = clock.instant();
        return true;
    }

    /** The masters as they were asked before the last marker that came back: everything committed by then is evicted. */
    synchronized Masters held() {
        return held;
    }

    /** The marker that is on its way for longest. */
    synchronized Optional<Marker> oldestUnderWay() {
        return Optional.ofNullable(underWay.peekFirst());
    }

    /** When a marker came back last, of any run. */
    public synchronized Optional<Instant> returnedAt() {
        return Optional.ofNullable(returnedAt);
    }

    /** How long the last marker that came back was on its way. */
    public synchronized Optional<Duration> roundTrip() {
        return Optional.ofNullable(roundTrip);
    }

    /** Time since a marker came back, if one ever did. */
    public Optional<Duration> silence() {
        return returnedAt().map(at -> Duration.between(at, clock.instant()));
    }
}
