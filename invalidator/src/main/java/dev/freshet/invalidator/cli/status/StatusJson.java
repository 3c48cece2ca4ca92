// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.invalidator.cli.servers.Amounts;
import dev.freshet.postgres.slot.Retention;
import dev.freshet.postgres.slot.SlotReport;
import java.util.List;

/** Tells a report as one JSON object, as specified in docs/commands.md. What is not known is left out. */
final class StatusJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private StatusJson() {}

    static String of(Report report, List<Finding> findings) {
        ObjectNode node = JSON.objectNode();
        node.put("level", Judge.worst(findings).toString());
        var list = node.putArray("findings");
        findings.forEach(finding ->
                list.addObject().put("level", finding.level().toString()).put("text", finding.text()));
        report.running().ifPresent(running -> running(node.putObject("invalidator"), running));
        node.put("slot", report.slotName());
        report.position().ifPresent(lsn -> node.put("position", lsn.toString()));
        report.committedAt().ifPresent(at -> node.put("committedAt", at.toString()));
        report.lag().ifPresent(lag -> node.put("lagSeconds", Amounts.seconds(lag)));
        report.lagBytes().ifPresent(bytes -> node.put("lagBytes", bytes));
        report.slot().ifPresent(slot -> slot(node, slot));
        report.fullIn().ifPresent(time -> node.withObjectProperty("wal").put("fullInSeconds", time.toSeconds()));
        report.published().ifPresent(published -> published(node.putObject("redis"), published));
        rates(node, report.rates());
        return node.toString();
    }

    private static void running(ObjectNode node, Running running) {
        node.put("version", running.version());
        node.put("state", running.state());
        node.put("since", running.since().toString());
        node.put("reason", running.reason());
        node.put("namespace", running.namespace());
        node.put("restarts", (long) running.meters().count("invalidator_restarts"));
        node.put("purges", (long) running.meters().count("invalidator_purges"));
        node.put("unreadable", running.unreadable());
        node.put("lastUnreadable", running.lastUnreadable());
    }

    private static void slot(ObjectNode node, SlotReport slot) {
        node.put("active", slot.active() == null ? null : slot.active().toString());
        var standbys = node.putArray("standbys");
        slot.standbys().forEach(standby -> standbys.add(standby.toString()));
        Retention retention = slot.retention();
        ObjectNode wal = node.putObject("wal");
        wal.put("status", slot.slot().walStatus());
        wal.put("keptBytes", retention.bytes());
        retention.limit().ifPresent(limit -> wal.put("limitBytes", limit));
        retention.left().ifPresent(left -> wal.put("leftBytes", left));
        if (!Double.isNaN(retention.used())) {
            wal.put("usedPercent", retention.used() * 100);
        }
    }

    private static void published(ObjectNode node, Published published) {
        node.put("masters", published.masters());
        published
                .position()
                .ifPresent(position -> node.put("position", position.lsn().toString())
                        .put("publishedAt", position.updatedAt().toString()));
        node.put("process", published.process());
        node.put("publishedHere", published.here());
        var owners = node.putArray("owners");
        published.owners().forEach(owner -> owners.add(owner.toString()));
    }

    private static void rates(ObjectNode node, Rates rates) {
        ObjectNode list = node.putObject("perSecond");
        rate(list, "changes", rates.changes());
        rate(list, "transactions", rates.transactions());
        rate(list, "evictions", rates.evictions());
        rate(list, "keysRemoved", rates.removed());
        rate(list, "walBytes", rates.wal());
    }

    private static void rate(ObjectNode node, String name, double rate) {
        if (!Double.isNaN(rate)) {
            node.put(name, rate);
        }
    }
}
