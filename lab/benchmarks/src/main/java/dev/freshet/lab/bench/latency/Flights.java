// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The changes on their way: each key carries one at a time, from before its commit until it is gone. A key may be gone
 * before the client was told of the commit; that counts as 0. Thread-safe.
 */
final class Flights {
    private final Flight[] flights;
    private final Deque<Integer> free = new ArrayDeque<>();
    private Histogram latencies = histogram();

    private static final class Flight {
        private boolean taken;
        private boolean committed;
        private boolean gone;
        private long committedAt;
        private long goneAt;
    }

    /** @param keys the rows' ids are 1 to this */
    Flights(int keys) {
        flights = new Flight[keys + 1];
        for (int id = 1; id <= keys; id++) {
            flights[id] = new Flight();
            free.add(id);
        }
    }

    /** The key that was free for longest, which is taken now; 0 if none is free. */
    synchronized int take() {
        Integer id = free.poll();
        if (id == null) {
            return 0;
        }
        flights[id].taken = true;
        return id;
    }

    /** @param nanos when the commit returned */
    synchronized void committed(int id, long nanos) {
        flights[id].committed = true;
        flights[id].committedAt = nanos;
        land(id);
    }

    /** Ignores keys that carry no change. */
    synchronized void gone(int id, long nanos) {
        if (id > 0 && id < flights.length && flights[id].taken && !flights[id].gone) {
            flights[id].gone = true;
            flights[id].goneAt = nanos;
            land(id);
        }
    }

    private void land(int id) {
        Flight flight = flights[id];
        if (flight.committed && flight.gone) {
            latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, flight.goneAt - flight.committedAt)));
            flights[id] = new Flight();
            free.add(id);
        }
    }

    /** How many keys carry a change. */
    synchronized int inTheAir() {
        return flights.length - 1 - free.size();
    }

    /** The latencies since the last call, in microseconds. */
    synchronized Histogram takeLatencies() {
        Histogram taken = latencies;
        latencies = histogram();
        return taken;
    }

    private static Histogram histogram() {
        return new Histogram(TimeUnit.HOURS.toMicros(1), 3);
    }
}
