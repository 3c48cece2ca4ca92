// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.tail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A transaction as {@code /recent} tells it.
 *
 * @param changes those that are told, {@code rows} is how many there were; so for evictions
 * @param evictionCount all evictions
 */
record Told(
        long number,
        long txId,
        String position,
        String evictedAt,
        long latencyMicros,
        long rows,
        List<Change> changes,
        List<Eviction> evictions,
        long evictionCount,
        long keysRemoved) {

    /** @param columns that changed; empty if all did, or that is not known */
    record Change(String table, String operation, String id, List<String> columns) {}

    /**
     * @param kind {@code key}, {@code keys}, {@code tag} or {@code tags}
     * @param isolate the owner of a tag, or null
     * @param table of the row that caused it
     * @param template of the key, as it is written; null for tags, and if the invalidator does not tell it
     * @param line of the template, in the mapping that the invalidator has
     */
    record Eviction(String kind, String isolate, String name, String reason, String table, String template, int line) {}

    static Told of(JsonNode node) {
        var changes = new ArrayList<Change>();
        node.path("changes").forEach(change -> changes.add(change(change)));
        var evictions = new ArrayList<Eviction>();
        node.path("evictions")
                .forEach(eviction -> evictions.add(new Eviction(
                        eviction.path("kind").asText(),
                        eviction.path("isolate").textValue(),
                        eviction.path("name").asText(),
                        eviction.path("reason").asText(),
                        eviction.path("table").asText(),
                        eviction.path("template").textValue(),
                        eviction.path("line").asInt())));
        return new Told(
                node.path("number").asLong(),
                node.path("txId").asLong(),
                node.path("position").asText(),
                node.path("evictedAt").asText(),
                node.path("latencyMicros").asLong(),
                node.path("rows").asLong(),
                changes,
                evictions,
                node.path("evictionCount").asLong(),
                node.path("keysRemoved").asLong());
    }

    private static Change change(JsonNode node) {
        var columns = new ArrayList<String>();
        node.path("columns").forEach(column -> columns.add(column.asText()));
        String id = node.path("id").properties().stream()
                .map(part -> part.getValue().asText())
                .collect(Collectors.joining(","));
        return new Change(node.path("table").asText(), node.path("operation").asText(), id, columns);
    }

    /** The same with some of its changes and evictions. */
    Told with(List<Change> someChanges, List<Eviction> someEvictions) {
        return new Told(
                number,
                txId,
                position,
                evictedAt,
                latencyMicros,
                rows,
                someChanges,
                someEvictions,
                evictionCount,
                keysRemoved);
    }
}
