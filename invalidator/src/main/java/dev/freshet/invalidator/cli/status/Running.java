// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a running invalidator tells of itself.
 *
 * @param state such as {@code streaming}
 * @param reason of the state, or null
 * @param position up to which everything is evicted; null if it does not know
 * @param committedAt of the last commit that it evicted; null before the first
 * @param lagBytes WAL written since what it acknowledged
 * @param unreadable how many times changes could not be read
 * @param lastUnreadable what was wrong then, or null
 * @param httpPurgeStalled why the HTTP cache does not accept purges; null if it does, or none is purged
 * @param meters its meters, right after the rest was read
 */
record Running(
        String version,
        String state,
        Instant since,
        String reason,
        String namespace,
        String slot,
        Lsn position,
        Instant committedAt,
        long lagBytes,
        long unreadable,
        String lastUnreadable,
        String httpPurgeStalled,
        Meters meters) {

    /** @throws IOException if the page is not one of an invalidator */
    static Running read(JsonNode status, Meters meters) throws IOException {
        try {
            JsonNode unreadable = status.path("unreadable");
            return new Running(
                    text(status, "version"),
                    text(status, "state"),
                    Instant.parse(text(status, "since")),
                    status.path("reason").textValue(),
                    text(status, "namespace"),
                    text(status, "slot"),
                    optional(status, "position").map(Lsn::parse).orElse(null),
                    optional(status, "committedAt").map(Instant::parse).orElse(null),
                    status.path("lagBytes").asLong(),
                    unreadable.path("count").asLong(),
                    unreadable.path("why").textValue(),
                    status.path("httpPurge").path("reason").textValue(),
                    meters);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException("/status is not that of an invalidator: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode node, String field) {
        return optional(node, field).orElseThrow(() -> new IllegalArgumentException("it has no '" + field + "'"));
    }

    private static Optional<String> optional(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue());
    }
}
