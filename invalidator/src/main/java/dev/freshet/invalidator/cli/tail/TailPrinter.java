// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.tail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.invalidator.cli.Counted;
import dev.freshet.support.config.terminal.Escapes;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints transactions: as text, or as one JSON object a line. */
final class TailPrinter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final PrintWriter out;
    private final boolean json;
    private final int most;
    private final RuleBook rules;

    /**
     * @param most changes, and evictions, to print of a transaction
     * @param rules null if there is no mapping to name lines of
     */
    TailPrinter(PrintWriter out, boolean json, int most, RuleBook rules) {
        this.out = out;
        this.json = json;
        this.most = most;
        this.rules = rules;
    }

    /** Returns false once the output is closed, as behind {@code | head}. */
    boolean print(Told transaction) {
        if (json) {
            out.println(object(transaction));
        } else {
            text(transaction);
        }
        return !out.checkError() && !System.out.checkError();
    }

    private void text(Told told) {
        out.println(told.evictedAt() + "  transaction " + told.txId() + " at " + told.position() + ": "
                + Counted.of(told.rows(), "row") + ", " + Counted.of(told.evictionCount(), "eviction") + ", "
                + Counted.of(told.keysRemoved(), "key") + " removed, "
                + String.format(Locale.ROOT, "%.1f ms", told.latencyMicros() / 1e3) + " after the commit");
        told.changes().stream()
                .limit(most)
                .forEach(change -> line("  " + change.operation() + " "
                        + change.table() + (change.id().isEmpty() ? "" : " " + change.id())
                        + (change.columns().isEmpty() ? "" : " (" + String.join(", ", change.columns()) + ")")));
        rest(told.changes().size(), "change");
        told.evictions().stream()
                .limit(most)
                .forEach(eviction -> line("    " + eviction.kind() + " "
                        + eviction.name() + (eviction.isolate() == null ? "" : " of owner " + eviction.isolate())
                        + "    " + eviction.reason() + " of " + eviction.table() + places(eviction)));
        rest(told.evictions().size(), "eviction");
    }

    /** A line that holds names and ids of the application. */
    private void line(String text) {
        out.println(Escapes.line(text));
    }

    private void rest(int all, String noun) {
        if (all > most) {
            out.println("    and " + Counted.of(all - most, "more " + noun));
        }
    }

    private String places(Told.Eviction eviction) {
        if (rules == null) {
            return "";
        }
        List<RuleBook.Found> found = rules.of(eviction);
        return found.isEmpty()
                ? ""
                : ", by " + found.stream().map(RuleBook.Found::told).collect(Collectors.joining("; or by "));
    }

    private ObjectNode object(Told told) {
        ObjectNode node = JSON.objectNode();
        node.put("evictedAt", told.evictedAt());
        node.put("txId", told.txId());
        node.put("position", told.position());
        node.put("rows", told.rows());
        node.put("evictionCount", told.evictionCount());
        node.put("keysRemoved", told.keysRemoved());
        node.put("latencyMicros", told.latencyMicros());
        var changes = node.putArray("changes");
        told.changes().stream().limit(most).forEach(change -> {
            ObjectNode each = changes.addObject();
            each.put("table", change.table());
            each.put("operation", change.operation());
            each.put("id", change.id());
            change.columns().forEach(each.putArray("columns")::add);
        });
        var evictions = node.putArray("evictions");
        told.evictions().stream().limit(most).forEach(eviction -> {
            ObjectNode each = evictions.addObject();
            each.put("kind", eviction.kind());
            if (eviction.isolate() != null) {
                each.put("isolate", eviction.isolate());
            }
            each.put("name", eviction.name());
            each.put("reason", eviction.reason());
            each.put("table", eviction.table());
            if (rules != null) {
                var by = each.putArray("by");
                rules.of(eviction).forEach(found -> by.add(found.told()));
            }
        });
        return node;
    }
}
