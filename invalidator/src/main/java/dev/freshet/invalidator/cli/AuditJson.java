// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.audit.AuditCounts;
import dev.freshet.audit.AuditCounts.Unchecked;
import dev.freshet.audit.Reservations;
import dev.freshet.audit.Violation;
import dev.freshet.audit.history.PastTransaction;
import dev.freshet.audit.verdict.UndecidedReason;
import java.util.Locale;

/** Builds the JSON of an audit's findings, one object per line, as specified in docs/operations.md. */
final class AuditJson {
    private AuditJson() {}

    static String of(Violation violation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode found = node.putObject("violation");
        found.put("key", violation.key());
        found.put("tag", violation.tag());
        found.put("why", violation.why());
        violation.tags().forEach(found.putArray("tags")::add);
        found.put("at", violation.at() == null ? null : violation.at().toString());
        found.put("snapshot", violation.snapshot());
        if (violation.xid() != 0) {
            found.put("rowXmin", violation.xid());
        }
        found.put("position", violation.published().toString());
        found.put("ttlMillis", violation.traces().ttlMillis());
        ObjectNode fences = found.putObject("fences");
        violation.traces().fences().forEach(fences::put);
        var history = found.putArray("history");
        for (PastTransaction transaction : violation.history()) {
            ObjectNode past = history.addObject();
            past.put("number", transaction.number());
            past.put("txId", transaction.txId());
            past.put("position", transaction.lsn().toString());
            past.put("committedAt", transaction.committedAt().toString());
            past.put("evictedAt", transaction.evictedAt().toString());
            past.put("evicted", violation.evictedBy(transaction));
        }
        return node.toString();
    }

    static String of(AuditCounts counts, Reservations reservations) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode summary = node.putObject("summary");
        summary.put("nothingChecked", reservations.nothing());
        reservations.all().forEach(summary.putArray("reservations")::add);
        summary.put("checked", counts.allChecked());
        summary.put("right", counts.allRight());
        summary.put("violations", counts.allViolations());
        summary.put("falseAlarms", counts.allFalseAlarms());
        summary.put("undecided", counts.allUndecided());
        summary.put("unchecked", counts.allUnchecked());
        summary.put("gone", counts.allGone());
        ObjectNode undecided = summary.putObject("undecidedBy");
        for (UndecidedReason doubt : UndecidedReason.values()) {
            if (counts.undecidedFor(doubt) > 0) {
                undecided.put(name(doubt), counts.undecidedFor(doubt));
            }
        }
        ObjectNode unchecked = summary.putObject("uncheckedBy");
        for (Unchecked why : Unchecked.values()) {
            if (counts.uncheckedFor(why) > 0) {
                unchecked.put(name(why), counts.uncheckedFor(why));
            }
        }
        return node.toString();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
