// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.invalidator.run.Progress;
import dev.freshet.invalidator.run.Status;
import dev.freshet.invalidator.run.Supervisor;

/** Builds the JSON of {@code /status}. */
final class StatusJson {
    private StatusJson() {}

    static String of(Supervisor supervisor, String version) {
        Status status = supervisor.status();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", version);
        node.put("state", status.state().toString());
        node.put("since", status.since().toString());
        node.put("reason", status.reason());
        node.put("mapping", supervisor.settings().mapping().file());
        node.put("namespace", supervisor.settings().mapping().namespace());
        node.put("slot", supervisor.settings().slot());
        node.put("publication", supervisor.settings().publication());
        node.put("profile", supervisor.settings().profile().toString());
        Progress.Point point = supervisor.progress().last();
        node.put("position", point == null ? null : point.lsn().toString());
        node.put("committedAt", point == null ? null : point.committedAt().toString());
        node.put("lagBytes", supervisor.progress().lagBytes());
        supervisor.heartbeat().returnedAt().ifPresent(at -> node.put("markerReturnedAt", at.toString()));
        supervisor.heartbeat().roundTrip().ifPresent(took -> node.put("markerMillis", took.toMillis()));
        Progress.Remapping remapping = supervisor.progress().remapping();
        if (remapping != null) {
            ObjectNode change = node.putObject("mappingChange");
            change.put("evictedAt", remapping.at().toString());
            remapping.differences().forEach(change.withArrayProperty("differences")::add);
        }
        ObjectNode unreadable = node.putObject("unreadable")
                .put("count", supervisor.unreadable().count());
        supervisor.unreadable().last().ifPresent(last -> {
            unreadable
                    .put("after", last.from().toString())
                    .put("resumedAt", last.to().toString());
            last.txId().ifPresent(txId -> unreadable.put("transaction", txId));
            unreadable.put("why", last.why()).put("at", last.at().toString());
        });
        return node.toString();
    }
}
