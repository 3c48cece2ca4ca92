// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.audit.history.HistorySource;
import dev.freshet.audit.history.PastTransaction;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import dev.freshet.support.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;

/** Reads the history of a running invalidator from {@code /recent} and {@code /status} of its admin port. */
final class HttpHistorySource implements HistorySource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAGE = "/recent";
    /** As many as there can be. */
    private static final int DETAILS = 10_000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String base;

    /**
     * @param url of the {@code /recent} page, or of the admin port
     * @throws ConfigException if it is not such a URL
     */
    HttpHistorySource(String url) {
        String trimmed = url.replaceFirst("/+$", "");
        base = trimmed.endsWith(PAGE) ? trimmed.substring(0, trimmed.length() - PAGE.length()) : trimmed;
        if (!base.matches("https?://[^/?#@]+(/[^?#@]*)?")) {
            throw ConfigException.bad("FRESHET_RECENT_URL", url, "a URL such as http://127.0.0.1:8083/recent");
        }
    }

    @Override
    public Page after(long number, int limit) throws IOException, InterruptedException {
        // The position is read first: transactions are listed before the position passes them.
        JsonNode position = get("/status").path("position");
        JsonNode page = get(PAGE + "?after=" + number + "&limit=" + limit + "&details=" + DETAILS);
        var transactions = new ArrayList<PastTransaction>();
        page.path("transactions").forEach(transaction -> transactions.add(past(transaction)));
        return new Page(transactions, position.isTextual() ? Lsn.parse(position.asText()) : Lsn.ZERO);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(base + path + " answers " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    private static PastTransaction past(JsonNode node) {
        var changes = new ArrayList<PastTransaction.Change>();
        node.path("changes").forEach(change -> changes.add(change(change)));
        var evictions = new ArrayList<PastTransaction.Purged>();
        node.path("evictions").forEach(eviction -> {
            String kind = eviction.path("kind").asText();
            if (kind.equals("tag") || kind.equals("tags")) {
                evictions.add(new PastTransaction.Purged(
                        eviction.path("isolate").textValue(),
                        eviction.path("name").asText(),
                        kind.equals("tags")));
            }
        });
        return new PastTransaction(
                node.path("number").asLong(),
                node.path("txId").asLong(),
                Lsn.parse(node.path("position").asText()),
                Instant.parse(node.path("committedAt").asText()),
                Instant.parse(node.path("evictedAt").asText()),
                changes,
                changes.size() == node.path("rows").asLong(),
                evictions,
                node.path("evictions").size() == node.path("evictionCount").asLong());
    }

    /** An earlier version writes names with a dot in them without quotes. */
    private static TableName table(String text) {
        return TableName.read(text).orElseGet(() -> new TableName(TableName.DEFAULT_SCHEMA, text));
    }

    private static PastTransaction.Change change(JsonNode node) {
        var id = new HashMap<String, String>();
        node.path("id")
                .properties()
                .forEach(column -> id.put(column.getKey(), column.getValue().textValue()));
        var columns = new HashSet<String>();
        node.path("columns").forEach(column -> columns.add(column.asText()));
        return new PastTransaction.Change(
                table(node.path("table").asText()), node.path("operation").asText(), id, columns);
    }

    /** The URL of the history. */
    @Override
    public String toString() {
        return base + PAGE;
    }
}
