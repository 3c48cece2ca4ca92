// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * One transaction as reported by the invalidator at {@code /recent}: its changes in the WAL, and its evictions. On Kafka
 * Connect nobody reports it; then no more is known than that it is evicted.
 */
public record Transaction(JsonNode json) {

    /** One that nobody reported: its changes in the WAL and its evictions are not known. */
    static Transaction seen(long txId, Duration latency) {
        return new Transaction(
                JsonNodeFactory.instance.objectNode().put("txId", txId).put("latencyMicros", latency.toNanos() / 1000));
    }

    /** Whether the invalidator reported it. */
    public boolean isReported() {
        return json.has("position");
    }

    /** PostgreSQL's 32-bit transaction id. */
    public long txId() {
        return json.path("txId").asLong();
    }

    public String position() {
        return json.path("position").asText();
    }

    public Duration latency() {
        return Duration.ofNanos(json.path("latencyMicros").asLong() * 1000);
    }

    public long rows() {
        return json.path("rows").asLong();
    }

    public long evictions() {
        return json.path("evictionCount").asLong();
    }

    public long keysRemoved() {
        return json.path("keysRemoved").asLong();
    }

    /** The changes, one text per reported row: {@code update of freshet.project_context id=3: document}. */
    public List<String> changes() {
        var lines = new ArrayList<String>();
        for (var change : json.path("changes")) {
            var columns = new ArrayList<String>();
            change.path("columns").forEach(column -> columns.add(column.asText()));
            lines.add(row(change) + (columns.isEmpty() ? "" : ": " + String.join(", ", columns)));
        }
        return lines;
    }

    /** The evictions, one text each: {@code tag project:3/inherited (inherited)}. */
    public List<String> reasons() {
        var lines = new LinkedHashSet<String>();
        for (var eviction : json.path("evictions")) {
            lines.add(
                    eviction.path("kind").asText() + " " + eviction.path("name").asText() + "  ("
                            + eviction.path("reason").asText() + ")");
        }
        return List.copyOf(lines);
    }

    private static String row(JsonNode change) {
        var id = new ArrayList<String>();
        change.path("id")
                .properties()
                .forEach(column ->
                        id.add(column.getKey() + "=" + column.getValue().asText()));
        return change.path("operation").asText().toUpperCase(Locale.ROOT) + " "
                + change.path("table").asText() + " " + String.join(" ", id);
    }
}
