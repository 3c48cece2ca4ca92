// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import dev.freshet.invalidator.cli.Counted;
import dev.freshet.invalidator.cli.servers.Amounts;
import dev.freshet.postgres.slot.Retention;
import dev.freshet.postgres.slot.SlotReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells a report for people. */
final class StatusText {
    private final PrintWriter out;

    StatusText(PrintWriter out) {
        this.out = out;
    }

    void print(Report report, List<Finding> findings) {
        report.running().ifPresent(this::running);
        report.slot().ifPresent(slot -> {
            line("active", slot.active() == null ? "nobody" : slot.active().toString());
            if (slot.active() != null) {
                line(
                        "standby",
                        slot.standbys().isEmpty()
                                ? "none"
                                : String.join(
                                        "; ",
                                        slot.standbys().stream()
                                                .map(Object::toString)
                                                .toList()));
            }
        });
        report.position()
                .ifPresent(lsn -> line(
                        "position",
                        lsn
                                + report.committedAt()
                                        .map(at -> ", committed at " + at)
                                        .orElse("")
                                + report.published()
                                        .map(Published::process)
                                        .map(process -> ", published by " + process)
                                        .orElse("")));
        lag(report);
        report.slot().map(SlotReport::retention).ifPresent(retention -> line("WAL", wal(retention, report)));
        rates(report.rates());
        report.running().ifPresent(this::errors);
        findings.forEach(finding -> line(finding.level().toString(), finding.text()));
        if (findings.isEmpty()) {
            line("ok", "nothing is wrong with what was asked");
        }
    }

    private void running(Running running) {
        line(
                "state",
                running.state() + " since " + running.since() + ", slot " + running.slot() + ", namespace "
                        + running.namespace() + ", version " + running.version());
        if (running.reason() != null) {
            line("reason", Judge.oneLine(running.reason()));
        }
    }

    private void lag(Report report) {
        var parts = new ArrayList<String>();
        report.lag().ifPresent(lag -> parts.add(Amounts.time(lag)));
        report.lagBytes().ifPresent(bytes -> parts.add(Amounts.bytes(bytes) + " not acknowledged"));
        if (!parts.isEmpty()) {
            line("lag", String.join(", ", parts));
        }
    }

    private static String wal(Retention retention, Report report) {
        String kept = "PostgreSQL keeps " + Amounts.bytes(retention.bytes()) + " for the slot";
        if (retention.limit().isEmpty()) {
            return kept + "; max_slot_wal_keep_size is -1: only the disk limits it";
        }
        if (retention.left().isEmpty()) {
            return kept;
        }
        return kept
                + String.format(
                        Locale.ROOT,
                        ", %.0f %% of its budget; %s left%s",
                        retention.used() * 100,
                        Amounts.bytes(retention.left().getAsLong()),
                        report.fullIn()
                                .map(time -> ", full in about " + Amounts.time(time) + " if nothing is acknowledged")
                                .orElse(""));
    }

    private void rates(Rates rates) {
        var parts = new ArrayList<String>();
        if (rates.areMeasured()) {
            parts.add("changes " + Amounts.rate(rates.changes()));
            parts.add("transactions " + Amounts.rate(rates.transactions()));
            parts.add("evictions " + Amounts.rate(rates.evictions()));
            parts.add("keys removed " + Amounts.rate(rates.removed()));
        }
        if (!Double.isNaN(rates.wal())) {
            parts.add("WAL " + Amounts.bytes(rates.wal()) + "/s");
        }
        if (!parts.isEmpty()) {
            line("rates", String.join(", ", parts));
        }
    }

    private void errors(Running running) {
        line(
                "errors",
                Counted.of((long) running.meters().count("invalidator_restarts"), "restart") + ", "
                        + Counted.of((long) running.meters().count("invalidator_purges"), "purge") + ", "
                        + Counted.of((long) running.meters().count("evict_retries"), "refusal") + " of Redis, "
                        + running.unreadable() + " unreadable"
                        + (running.lastUnreadable() == null ? "" : ": " + Judge.oneLine(running.lastUnreadable())));
    }

    private void line(String name, String text) {
        out.printf("%-9s %s%n", name, text);
    }
}
