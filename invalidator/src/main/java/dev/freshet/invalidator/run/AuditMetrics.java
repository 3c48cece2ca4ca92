// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.audit.AuditCounts;
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
        counter(registry, "checked", "Cached entries held against the database.", AuditCounts::allChecked);
        counter(
                registry,
                "violations",
                "Entries that were stale though the published position had passed the change.",
                AuditCounts::allViolations);
        counter(
                registry,
                "false.alarms",
                "Entries that looked stale, and were gone, newer or explained once the position had passed.",
                AuditCounts::allFalseAlarms);
        counter(
                registry,
                "undecided",
                "Entries that could be called neither right nor wrong.",
                AuditCounts::allUndecided);
        counter(registry, "unchecked", "Entries that do not tell their snapshot.", AuditCounts::allUnchecked);
        Gauge.builder("freshet.invalidator.audit.violation.rate", this, metrics -> metrics.rate)
                .description("Share of violations among the last entries that were checked: of a round, or of 10,000.")
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
