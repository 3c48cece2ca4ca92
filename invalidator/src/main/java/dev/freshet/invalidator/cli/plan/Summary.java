// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import dev.freshet.debezium.event.StreamEvent;
import dev.freshet.invalidator.cli.Counted;
import dev.freshet.model.mapping.TableName;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what a stream contained. */
final class Summary {
    private final Map<TableName, Long> unmapped = new TreeMap<>();
    private long changes;
    private long seen;
    private long aside;

    void count(StreamEvent event) {
        if (event instanceof StreamEvent.Changed) {
            changes++;
        } else if (event instanceof StreamEvent.Seen) {
            seen++;
        } else if (event instanceof StreamEvent.Unmapped other) {
            unmapped.merge(other.table(), 1L, Long::sum);
        } else {
            aside++;
        }
    }

    String tell(long transactions, String evicted) {
        var text = new StringBuilder("freshet: ")
                .append(Counted.of(changes, "change"))
                .append(" in ")
                .append(Counted.of(transactions, "transaction"))
                .append(" -> ")
                .append(evicted);
        if (seen > 0) {
            text.append("; ").append(Counted.of(seen, "row")).append(" of a snapshot");
        }
        if (aside > 0) {
            text.append("; ").append(Counted.of(aside, "other line"));
        }
        if (!unmapped.isEmpty()) {
            text.append("; not in the mapping: ")
                    .append(unmapped.entrySet().stream()
                            .map(table -> table.getKey() + " (" + Counted.of(table.getValue(), "change") + ")")
                            .collect(Collectors.joining(", ")));
        }
        return text.toString();
    }
}
