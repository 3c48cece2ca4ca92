// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import dev.freshet.invalidator.run.Invalidator;
import dev.freshet.invalidator.run.status.Progress;
import dev.freshet.invalidator.run.status.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Gauges whose values are read on each scrape. */
public final class RunGauges {
    private RunGauges() {}

    public static void register(Invalidator invalidator, MeterRegistry registry, Clock clock) {
        for (State state : State.values()) {
            Gauge.builder(
                            "freshet.invalidator.state",
                            invalidator,
                            s -> s.status().state() == state ? 1 : 0)
                    .description("1 for the current state, 0 for every other state.")
                    .tag("state", state.toString())
                    .strongReference(true)
                    .register(registry);
        }
        Gauge.builder(
                        "freshet.invalidator.lag.bytes",
                        invalidator,
                        s -> s.progress().lagBytes())
                .description("WAL written since the acknowledged position.")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "freshet.invalidator.wal.safe.bytes",
                        invalidator,
                        s -> s.progress().wal().safeBytes())
                .description("WAL that may still be written before PostgreSQL may give up the slot; +Inf: no limit.")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "freshet.invalidator.wal.full.seconds",
                        invalidator,
                        s -> s.progress().wal().secondsUntilFull())
                .description("Time until then, at the rate of the last five minutes; +Inf: never.")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "freshet.invalidator.lag.seconds",
                        invalidator,
                        s -> behind(s.progress().last(), clock))
                .description("Age of the last evicted commit; markers keep it small on an idle database.")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "freshet.invalidator.marker.seconds",
                        invalidator,
                        s -> seconds(s.heartbeat().roundTrip().orElse(null)))
                .description("Time the last marker took from the database through every step.")
                .strongReference(true)
                .register(registry);
    }

    private static double behind(Progress.Point point, Clock clock) {
        Instant now = clock.instant();
        return point == null ? Double.NaN : seconds(Duration.between(point.committedAt(), now));
    }

    private static double seconds(Duration duration) {
        return duration == null ? Double.NaN : Math.max(0, duration.toNanos() / 1e9);
    }
}
