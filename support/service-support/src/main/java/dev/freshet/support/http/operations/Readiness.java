// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /readyz}. The route is open to everyone, so each result is reused for one second, and only one thread
 * probes at a time while others get the last result. This way, a flood of requests neither reaches the database nor
 * blocks all threads while the database is down. Thread-safe.
 */
final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final long HOLDS_NANOS = 1_000_000_000;

    private final List<ReadinessCheck> checks;
    private final LongSupplier nanoTime;
    private final Lock probing = new ReentrantLock();
    private volatile Answer last;

    Readiness(List<ReadinessCheck> checks, LongSupplier nanoTime) {
        this.checks = List.copyOf(checks);
        this.nanoTime = nanoTime;
    }

    /** @param parts the name of each check, with {@code up} or what is wrong */
    record State(boolean ready, Map<String, String> parts) {}

    private record Answer(State state, long at) {}

    State state() {
        var known = last;
        if (isFresh(known)) {
            return known.state();
        }
        if (!probing.tryLock()) {
            if (known != null) {
                return known.state();
            }
            probing.lock();
        }
        try {
            if (!isFresh(last)) {
                last = new Answer(probe(), nanoTime.getAsLong());
            }
            return last.state();
        } finally {
            probing.unlock();
        }
    }

    private boolean isFresh(Answer answer) {
        return answer != null && nanoTime.getAsLong() - answer.at() < HOLDS_NANOS;
    }

    private State probe() {
        var parts = new LinkedHashMap<String, String>();
        boolean ready = true;
        for (var check : checks) {
            var problem = problem(check);
            ready &= problem.isEmpty() || !check.required();
            parts.put(
                    check.name(),
                    problem.map(text -> (check.required() ? "down: " : "degraded: ") + text)
                            .orElse("up"));
        }
        return new State(ready, parts);
    }

    private static Optional<String> problem(ReadinessCheck check) {
        try {
            return check.probe().problem();
        } catch (Exception e) {
            LOG.debug("readiness check {} failed", check.name(), e);
            return Optional.of("failed");
        }
    }
}
