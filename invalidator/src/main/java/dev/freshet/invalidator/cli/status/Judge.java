// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import dev.freshet.invalidator.cli.servers.Amounts;
import dev.freshet.invalidator.cli.status.Report.Server;
import dev.freshet.invalidator.cli.status.Thresholds.Limits;
import dev.freshet.postgres.slot.SlotReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds what is not as it should be. Pure. */
final class Judge {
    private static final Set<String> GOOD = Set.of("streaming", "standby");
    /** They pass by themselves, or somebody wanted it so. */
    private static final Set<String> PASSING = Set.of("starting", "catching-up", "paused");

    private final Report report;
    private final Limits limits;
    private final List<Finding> found = new ArrayList<>();

    private Judge(Report report, Limits limits) {
        this.report = report;
        this.limits = limits;
    }

    /** The findings, the worst first; empty if all is well. */
    static List<Finding> findings(Report report, Limits limits) {
        var judge = new Judge(report, limits);
        judge.unanswered();
        report.running().ifPresent(judge::state);
        if (report.databaseAnswered()) {
            judge.slot();
        }
        report.published().ifPresent(judge::position);
        judge.lag();
        judge.found.sort((one, other) -> other.level().compareTo(one.level()));
        return List.copyOf(judge.found);
    }

    static Level worst(List<Finding> findings) {
        return findings.stream().map(Finding::level).reduce(Level.OK, Level::worse);
    }

    /** A database or Redis that is away says nothing of the invalidator, which tells itself if it misses them. */
    private void unanswered() {
        report.unanswered()
                .forEach(each ->
                        add(each.server() == Server.INVALIDATOR ? Level.CRITICAL : Level.UNKNOWN, each.toString()));
    }

    private void state(Running running) {
        if (!GOOD.contains(running.state())) {
            add(
                    PASSING.contains(running.state()) ? Level.WARNING : Level.CRITICAL,
                    "the invalidator is " + running.state()
                            + (running.reason() == null ? "" : ": " + oneLine(running.reason())));
        }
        if (running.httpPurgeStalled() != null) {
            add(
                    Level.CRITICAL,
                    "the HTTP cache does not accept purges, so nothing is acknowledged: "
                            + oneLine(running.httpPurgeStalled()));
        }
    }

    private void slot() {
        if (report.slot().isEmpty()) {
            add(
                    Level.CRITICAL,
                    "there is no replication slot " + report.slotName()
                            + "; 'freshet invalidator check' says what is missing");
            return;
        }
        SlotReport slot = report.slot().get();
        if (slot.slot().lost()) {
            add(
                    Level.CRITICAL,
                    "slot " + report.slotName() + " is lost: PostgreSQL removed WAL that it needed; the invalidator"
                            + " makes another and purges");
        }
        if (slot.active() == null) {
            add(
                    Level.CRITICAL,
                    "no invalidator works on slot " + report.slotName()
                            + ", and PostgreSQL keeps WAL for it; start one, or drop the slot");
        }
        Level wal = limits.wal(slot.retention().used());
        if (wal != Level.OK) {
            add(
                    wal,
                    String.format(
                            Locale.ROOT,
                            "the slot uses %.0f %% of the WAL that it may keep (%s of max_slot_wal_keep_size)%s",
                            slot.retention().used() * 100,
                            Amounts.bytes(slot.retention().bytes()),
                            report.fullIn()
                                    .map(time -> "; full in about " + Amounts.time(time))
                                    .orElse("")));
        }
    }

    private void position(Published published) {
        if (published.position().isEmpty()) {
            add(Level.CRITICAL, "no position is published in Redis: readers load what they need more than eventual");
        }
        published.owners().stream()
                .filter(owner -> !owner.slot().equals(report.slotName()))
                .forEach(owner -> add(
                        Level.CRITICAL, "the namespace belongs to " + owner + ", not to slot " + report.slotName()));
    }

    private void lag() {
        report.lag().ifPresent(lag -> {
            Level level = limits.lag(lag);
            if (level != Level.OK) {
                add(level, "the last evicted commit is " + Amounts.time(lag) + " old");
            }
        });
        report.lagBytes().ifPresent(bytes -> {
            Level level = limits.bytes(bytes);
            if (level != Level.OK) {
                add(level, Amounts.bytes(bytes) + " of WAL are not acknowledged");
            }
        });
    }

    private void add(Level level, String text) {
        found.add(new Finding(level, text));
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
