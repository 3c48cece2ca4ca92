// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.Capture;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes markers into the WAL and expects them back through the slot. A marker that comes back has passed every step, so
 * it is what readiness means; and its commit lets position and slot advance on an idle database. Thread-safe.
 */
public final class Heartbeat {
    private final Clock clock;
    private final Duration interval;
    private String run = "";
    private long written;
    private Instant writtenAt;
    private Instant returnedAt;
    private Duration roundTrip;

    public Heartbeat(Clock clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    /** A new run of the stream: markers of earlier ones no longer count. */
    synchronized void begin() {
        run = UUID.randomUUID().toString();
        written = 0;
        writtenAt = null;
    }

    /** Writes a marker if the last one is old enough. Returns whether it did. */
    boolean beat(Connection connection) throws SQLException {
        String content;
        synchronized (this) {
            Instant now = clock.instant();
            if (writtenAt != null && Duration.between(writtenAt, now).compareTo(interval) < 0) {
                return false;
            }
            writtenAt = now;
            written++;
            content = run + " " + written + " " + now.toEpochMilli();
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_logical_emit_message(true, '" + Capture.MESSAGE_PREFIX + "', ?)")) {
            statement.setString(1, content);
            statement.execute();
        }
        return true;
    }

    /** Markers must not hang on a synchronous standby that does not answer. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = local");
        }
    }

    /** A marker came out at the end of the pipeline. True if it is one of this run. */
    synchronized boolean returned(String content) {
        String[] parts = content.split(" ");
        if (parts.length != 3 || !parts[0].equals(run)) {
            return false;
        }
        returnedAt = clock.instant();
        roundTrip = Duration.between(Instant.ofEpochMilli(Long.parseLong(parts[2])), returnedAt);
        return true;
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
