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

/** Tells a report for monitoring: as gauges for Prometheus, or as a plugin of Nagios does. */
final class StatusLines {
    private StatusLines() {}

    /** Gauges, as a file for node_exporter's textfile collector has them. */
    static List<String> prometheus(Report report, List<Finding> findings) {
        var lines = new ArrayList<String>();
        gauge(
                lines,
                "level",
                "0 ok, 1 warning, 2 critical, 3 unknown.",
                Judge.worst(findings).code());
        help(lines, "answered", "1 if the server answered, 0 if not; those that were not asked are left out.");
        answered(
                lines,
                report,
                Server.INVALIDATOR,
                "invalidator",
                report.running().isPresent());
        answered(lines, report, Server.DATABASE, "postgresql", report.databaseAnswered());
        answered(lines, report, Server.REDIS, "redis", report.published().isPresent());
        report.running().ifPresent(running -> {
            help(lines, "state", "1 for the state of the invalidator.");
            lines.add("freshet_status_state{state=\"" + running.state() + "\"} 1");
        });
        report.lag()
                .ifPresent(lag -> gauge(lines, "lag_seconds", "Age of the last evicted commit.", Amounts.seconds(lag)));
        report.lagBytes().ifPresent(bytes -> gauge(lines, "lag_bytes", "WAL that is not acknowledged.", bytes));
        report.published()
                .ifPresent(published -> gauge(
                        lines,
                        "position",
                        "1 if a position is published in Redis.",
                        published.position().isPresent() ? 1 : 0));
        report.slot().ifPresent(slot -> slot(lines, slot));
        report.fullIn()
                .ifPresent(time -> gauge(
                        lines,
                        "wal_full_in_seconds",
                        "When the slot may be lost at the rate that was measured.",
                        time.toSeconds()));
        if (!Double.isNaN(report.rates().wal())) {
            gauge(
                    lines,
                    "wal_bytes_per_second",
                    "WAL that PostgreSQL writes.",
                    report.rates().wal());
        }
        return lines;
    }

    private static void answered(List<String> lines, Report report, Server server, String label, boolean answered) {
        if (answered || report.unanswered(server)) {
            lines.add("freshet_status_answered{server=\"" + label + "\"} " + (answered ? 1 : 0));
        }
    }

    private static void slot(List<String> lines, SlotReport slot) {
        gauge(lines, "active", "1 if an invalidator works on the slot.", slot.active() == null ? 0 : 1);
        gauge(
                lines,
                "standbys",
                "Invalidators that wait to take over.",
                slot.standbys().size());
        gauge(
                lines,
                "wal_kept_bytes",
                "WAL that is kept for the slot.",
                slot.retention().bytes());
        slot.retention()
                .left()
                .ifPresent(left ->
                        gauge(lines, "wal_left_bytes", "WAL that may be written until the slot can be lost.", left));
    }

    private static void gauge(List<String> lines, String name, String help, double value) {
        help(lines, name, help);
        lines.add("freshet_status_" + name + " " + number(value));
    }

    private static void help(List<String> lines, String name, String help) {
        lines.add("# HELP freshet_status_" + name + " " + help);
        lines.add("# TYPE freshet_status_" + name + " gauge");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3f", value);
    }

    /** One line with the worst, and performance data behind the bar. */
    static String nagios(Report report, List<Finding> findings, Limits limits) {
        Level level = Judge.worst(findings);
        String told = findings.isEmpty()
                ? summary(report)
                : String.join("; ", findings.stream().map(Finding::text).toList());
        var data = new ArrayList<String>();
        report.lag()
                .ifPresent(lag -> data.add(String.format(
                        Locale.ROOT,
                        "lag=%.3fs;%s;%s;0",
                        Amounts.seconds(lag),
                        number(Amounts.seconds(limits.warnLag())),
                        number(Amounts.seconds(limits.criticalLag())))));
        report.lagBytes()
                .ifPresent(bytes -> data.add("lag_bytes=" + bytes + "B;" + text(limits.warnBytes()) + ";"
                        + text(limits.criticalBytes()) + ";0"));
        report.slot().map(SlotReport::retention).ifPresent(retention -> {
            data.add("wal_kept=" + retention.bytes() + "B;;;0");
            if (!Double.isNaN(retention.used())) {
                data.add(String.format(
                        Locale.ROOT,
                        "wal_used=%.1f%%;%d;%d;0",
                        retention.used() * 100,
                        limits.warnWal(),
                        limits.criticalWal()));
            }
        });
        // A bar would begin the performance data.
        return "FRESHET " + level.name() + " - " + told.replace('|', '/')
                + (data.isEmpty() ? "" : " | " + String.join(" ", data));
    }

    private static String summary(Report report) {
        var parts = new ArrayList<String>();
        report.running().ifPresent(running -> parts.add(running.state()));
        report.lag().ifPresent(lag -> parts.add("lag " + Amounts.time(lag)));
        report.lagBytes().ifPresent(bytes -> parts.add(Amounts.bytes(bytes) + " not acknowledged"));
        return parts.isEmpty() ? "answered" : String.join(", ", parts);
    }

    private static String text(Long limit) {
        return limit == null ? "" : limit.toString();
    }
}
