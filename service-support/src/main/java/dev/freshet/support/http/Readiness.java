// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /readyz}. Everyone may ask, so each answer holds for a second, and only one thread probes at a time: no
 * flood of questions reaches the database.
 */
final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final long HOLDS_NANOS = 1_000_000_000;

    private final List<ReadinessCheck> checks;
    private final LongSupplier nanoTime;
    private State state;
    private long probedAt;

    Readiness(List<ReadinessCheck> checks, LongSupplier nanoTime) {
        this.checks = List.copyOf(checks);
        this.nanoTime = nanoTime;
    }

    /** @param parts name of each check to {@code up}, or to what is wrong */
    record State(boolean ready, Map<String, String> parts) {}

    synchronized State state() {
        long now = nanoTime.getAsLong();
        if (state == null || now - probedAt >= HOLDS_NANOS) {
            state = probe();
            probedAt = nanoTime.getAsLong();
        }
        return state;
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
