// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.audit;

import dev.freshet.audit.AuditCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Meters of the audit. */
final class AuditMetrics {
    private static final long WINDOW = 10_000;

    private final AuditCounts counts;
    private long checkedBefore;
    private long violationsBefore;
    private volatile double rate = Double.NaN;

    AuditMetrics(AuditCounts counts, MeterRegistry registry) {
        this.counts = counts;
        counter(registry, "checked", "Number of cached entries checked against the database.", AuditCounts::allChecked);
        counter(
                registry,
                "violations",
                "Number of entries that were stale although the published position had passed the change.",
                AuditCounts::allViolations);
        counter(
                registry,
                "false.alarms",
                "Number of entries that looked stale, but were gone, newer or explained when read again.",
                AuditCounts::allFalseAlarms);
        counter(
                registry,
                "undecided",
                "Number of entries that the audit could not decide on.",
                AuditCounts::allUndecided);
        counter(registry, "unchecked", "Number of entries that could not be checked.", AuditCounts::allUnchecked);
        Gauge.builder("freshet.invalidator.audit.violation.rate", this, metrics -> metrics.rate)
                .description("Share of violations in the last round, or in the last 10,000 entries of a long round.")
                .strongReference(true)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<AuditCounts> count) {
        FunctionCounter.builder("freshet.invalidator.audit." + name, counts, count)
                .description(description)
                .register(registry);
    }

    void progress() {
        if (counts.allChecked() - checkedBefore >= WINDOW) {
            roundEnded();
        }
    }

    void roundEnded() {
        long checked = counts.allChecked();
        if (checked > checkedBefore) {
            long violations = counts.allViolations();
            rate = (violations - violationsBefore) / (double) (checked - checkedBefore);
            checkedBefore = checked;
            violationsBefore = violations;
        }
    }
}
