// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.invalidator.run.Invalidator;
import dev.freshet.invalidator.run.status.Progress;
import dev.freshet.invalidator.run.status.Status;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.support.config.secret.Redaction;

/** Builds the JSON of {@code /status}. */
final class StatusJson {
    private static final int HASH_DIGITS = 12;

    private StatusJson() {}

    static String of(Invalidator invalidator, String version) {
        Status status = invalidator.status();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", version);
        node.put("state", status.state().toString());
        node.put("since", status.since().toString());
        node.put("reason", status.reason());
        invalidator.pause().left().ifPresent(left -> node.put("pauseEndsInSeconds", left.toSeconds()));
        node.put("mapping", invalidator.settings().mapping().file());
        node.put(
                "mappingHash",
                Meaning.of(invalidator.settings().mapping()).hash().substring(0, HASH_DIGITS));
        node.put("namespace", invalidator.settings().mapping().namespace());
        node.put("slot", invalidator.settings().slot());
        node.put("publication", invalidator.settings().publication());
        Progress.Point point = invalidator.progress().last();
        node.put("position", point == null ? null : point.lsn().toString());
        node.put("committedAt", point == null ? null : point.committedAt().toString());
        node.put("lagBytes", invalidator.progress().lagBytes());
        invalidator.heartbeat().returnedAt().ifPresent(at -> node.put("markerReturnedAt", at.toString()));
        invalidator.heartbeat().roundTrip().ifPresent(took -> node.put("markerMillis", took.toMillis()));
        invalidator
                .httpPurge()
                .ifPresent(purge -> node.putObject("httpPurge")
                        .put("stalled", purge.waiting())
                        .put("reason", Redaction.of(purge.reason()))
                        .put("since", purge.since().toString()));
        Progress.Remapping remapping = invalidator.progress().remapping();
        if (remapping != null) {
            ObjectNode change = node.putObject("mappingChange");
            change.put("evictedAt", remapping.at().toString());
            remapping.differences().forEach(change.withArrayProperty("differences")::add);
        }
        ObjectNode unreadable = node.putObject("unreadable")
                .put("count", invalidator.unreadable().count());
        invalidator.unreadable().last().ifPresent(last -> {
            unreadable
                    .put("after", last.from().toString())
                    .put("resumedAt", last.to().toString());
            last.txId().ifPresent(txId -> unreadable.put("transaction", txId));
            unreadable.put("why", last.why()).put("at", last.at().toString());
        });
        return node.toString();
    }
}
