// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.plan.Eviction;
import dev.freshet.invalidator.run.status.RecentTransaction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Builds the JSON of {@code /recent}, as specified in docs/http-api.md. */
final class RecentJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RecentJson() {}

    /**
     * @param newest number of the newest transaction: if it is below {@code after}, the process was started anew
     * @param details maximum number of changes, and of evictions, to show per transaction
     */
    static String of(List<RecentTransaction> transactions, long after, long newest, int details) {
        ObjectNode page = JSON.objectNode();
        page.put("newest", newest);
        page.put(
                "next",
                transactions.isEmpty()
                        ? after
                        : transactions.get(transactions.size() - 1).number());
        ArrayNode list = page.putArray("transactions");
        transactions.forEach(transaction -> list.add(transaction(transaction, details)));
        return page.toString();
    }

    private static ObjectNode transaction(RecentTransaction transaction, int details) {
        ObjectNode node = JSON.objectNode();
        node.put("number", transaction.number());
        node.put("txId", transaction.txId());
        node.put("position", transaction.lsn().toString());
        node.put("rows", transaction.rows());
        node.put("committedAt", transaction.committedAt().toString());
        node.put("evictedAt", transaction.evictedAt().toString());
        node.put(
                "latencyMicros",
                TimeUnit.NANOSECONDS.toMicros(transaction.commitToEvicted().toNanos()));
        ArrayNode changes = node.putArray("changes");
        transaction.changes().stream().limit(details).forEach(change -> changes.add(change(change)));
        ArrayNode evictions = node.putArray("evictions");
        transaction.evictions().stream().limit(details).forEach(eviction -> evictions.add(eviction(eviction)));
        node.put("evictionCount", transaction.evictionCount());
        node.put("keysRemoved", transaction.keysRemoved());
        node.put("keysAbsent", transaction.keysAbsent());
        return node;
    }

    private static ObjectNode change(RecentTransaction.Change change) {
        ObjectNode node = JSON.objectNode();
        node.put("table", change.table().toString());
        node.put("operation", change.operation().toString());
        node.set("id", id(change.id()));
        change.columns().forEach(node.putArray("columns")::add);
        return node;
    }

    private static ObjectNode eviction(Eviction eviction) {
        ObjectNode node = JSON.objectNode();
        node.put("kind", eviction.kind().toString());
        eviction.owner().ifPresent(isolate -> node.put("isolate", isolate.value()));
        node.put("name", eviction.name());
        node.put("reason", eviction.reason().toString());
        eviction.template().ifPresent(template -> {
            node.put("template", template.text());
            node.put("line", template.at().line());
        });
        node.put("table", eviction.cause().table().toString());
        node.put("operation", eviction.cause().operation().toString());
        node.set("id", id(eviction.cause().id()));
        return node;
    }

    private static ObjectNode id(Map<String, String> id) {
        ObjectNode node = JSON.objectNode();
        id.forEach(node::put);
        return node;
    }
}
