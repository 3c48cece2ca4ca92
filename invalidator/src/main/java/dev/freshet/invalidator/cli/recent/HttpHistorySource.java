// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.recent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.audit.history.HistorySource;
import dev.freshet.audit.history.PastTransaction;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import dev.freshet.support.config.ConfigException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;

/** Reads the history of a running invalidator from {@code /recent} and {@code /status} of its admin port. */
public final class HttpHistorySource implements HistorySource {
    private static final String PAGE = "/recent";
    /** As many as there can be. */
    private static final int DETAILS = 10_000;

    private final AdminPort admin;

    /**
     * @param url of the {@code /recent} page, or of the admin port
     * @throws ConfigException if it is not such a URL
     */
    public HttpHistorySource(String url) {
        admin = new AdminPort("FRESHET_RECENT_URL", url);
    }

    @Override
    public Page after(long number, int limit) throws IOException, InterruptedException {
        // The position is read first: transactions are listed before the position passes them.
        JsonNode position = admin.get("/status").path("position");
        JsonNode page = admin.get(PAGE + "?after=" + number + "&limit=" + limit + "&details=" + DETAILS);
        var transactions = new ArrayList<PastTransaction>();
        page.path("transactions").forEach(transaction -> transactions.add(past(transaction)));
        return new Page(transactions, position.isTextual() ? Lsn.parse(position.asText()) : Lsn.ZERO);
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
        return admin + PAGE;
    }
}
