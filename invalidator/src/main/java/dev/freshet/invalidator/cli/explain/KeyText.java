// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Influence;
import dev.freshet.core.plan.join.JoinNode;
import dev.freshet.core.stream.Row;
import dev.freshet.invalidator.cli.explain.KeyExplanation.Entry;
import dev.freshet.invalidator.cli.explain.KeyExplanation.Maker;
import dev.freshet.invalidator.cli.recent.LastEviction;
import dev.freshet.invalidator.cli.recent.LastEviction.Told;
import dev.freshet.redis.cache.KeyProbe;
import dev.freshet.support.config.terminal.Escapes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints the explanation of a key for people. */
final class KeyText {
    private final PrintWriter out;

    KeyText(PrintWriter out) {
        this.out = out;
    }

    void print(KeyExplanation key) {
        out.println(Escapes.line(key.key()));
        key.entry().ifPresent(this::print);
        if (key.reserved()) {
            out.println("  is a key of Freshet's own");
        }
        if (key.nearest().isPresent() || (key.makers().isEmpty() && key.entry().isEmpty() && !key.reserved())) {
            out.println("  no template of the mapping makes this key");
            key.nearest().ifPresent(nearest -> {
                out.println("  nearest  " + nearest.template() + "    "
                        + Wording.place(nearest.owner(), nearest.template()));
                out.println("  differs  " + nearest.difference());
            });
        }
        key.makers().forEach(maker -> {
            out.println();
            print(maker, key.influences(maker));
        });
        out.println();
        if (!key.untyped().isEmpty() && !key.makers().isEmpty()) {
            out.println("Types of columns are not known: " + key.untyped() + ".");
        }
        out.println("cached   " + cached(key.cached()));
        out.println("evicted  " + evicted(key.evicted()));
    }

    private void print(Entry entry) {
        out.println("  is an entry of cache-client: view " + entry.view() + " of " + entry.entity() + " " + entry.id());
        out.println("  goes by  tag " + entry.tag() + ", and by those that its reader named besides");
    }

    private void print(Maker maker, List<Influence> influences) {
        out.println(maker.template() + "    " + Wording.place(maker.owner(), maker.template()));
        Wording.condition(maker.template()).ifPresent(when -> out.println("  when     " + when));
        maker.readings().forEach(reading -> out.println("  values   " + values(maker, reading)));
        if (maker.readings().isEmpty()) {
            out.println("  values   cannot be told: the key can be read in too many ways");
        }
        List<String> rows = rows(maker);
        for (int i = 0; i < rows.size(); i++) {
            out.println((i == 0 ? "  rows     " : "           ") + rows.get(i));
        }
        for (int i = 0; i < influences.size(); i++) {
            out.println((i == 0 ? "  goes at  " : "           ")
                    + Wording.table(influences.get(i).node()) + ": " + Wording.when(influences.get(i)) + " ("
                    + influences.get(i).reason() + ")");
        }
        maker.query().ifPresent(query -> {
            out.println("  found by");
            query.sql().lines().forEach(line -> out.println("           " + line));
        });
    }

    private static String values(Maker maker, List<String> reading) {
        if (reading.isEmpty()) {
            return "none: the same key for all rows";
        }
        var values = new ArrayList<String>();
        List<String> paths = maker.paths();
        for (int i = 0; i < paths.size(); i++) {
            values.add(paths.get(i) + " = " + Escapes.line(reading.get(i)));
        }
        return values.stream().distinct().collect(Collectors.joining(", "));
    }

    private static List<String> rows(Maker maker) {
        if (maker.rows().answer().isEmpty()) {
            return List.of("not looked up: " + maker.rows().why());
        }
        var lines = new ArrayList<String>();
        for (Row[] tuple : maker.rows().answer().get()) {
            lines.add(maker.query().orElseThrow().tablesRead().stream()
                    .map(node -> row(node, tuple))
                    .collect(Collectors.joining(", ")));
        }
        if (lines.isEmpty()) {
            lines.add(
                    maker.more()
                            ? "none of the first that were found makes it now"
                            : maker.doubt().isPresent() ? "none was found" : "none makes it now");
        }
        if (maker.more()) {
            lines.add(maker.rows().answer().get().isEmpty() ? "there may be others" : "and more");
        }
        maker.doubt().ifPresent(doubt -> lines.add("others may make it, too: " + doubt));
        return lines;
    }

    private static String row(JoinNode node, Row[] tuple) {
        return Wording.row(node.entity(), tuple[node.index()]);
    }

    private static String cached(Asked<Optional<KeyProbe.Found>> cached) {
        return cached.answer()
                .map(found -> found.map(KeyText::cached).orElse("no"))
                .orElse("not known: " + cached.why());
    }

    private static String cached(KeyProbe.Found found) {
        return "yes, " + found.type() + ", "
                + found.timeToLive()
                        .map(left -> "expires in " + left.toMillis() / 1000.0 + " s")
                        .orElse("without expiry");
    }

    private static String evicted(Asked<LastEviction> evicted) {
        if (evicted.answer().isEmpty()) {
            return "not known: " + evicted.why();
        }
        LastEviction last = evicted.answer().get();
        return last.eviction().map(KeyText::told).orElseGet(() -> notAmong(last));
    }

    private static String notAmong(LastEviction last) {
        String remembered = last.transactions() + (last.transactions() == 1 ? " transaction" : " transactions");
        return last.since()
                .map(since -> "not by what the invalidator remembers: " + remembered + " since " + since
                        + (last.complete() ? "" : ", not all of their evictions"))
                .orElse("the invalidator remembers no transaction");
    }

    private static String by(Told told) {
        return switch (told.kind()) {
            case "keys" -> ", by pattern " + Escapes.line(told.name());
            case "tag", "tags" -> ", by tag " + Escapes.line(told.name());
            default -> "";
        };
    }

    private static String told(Told told) {
        return told.evictedAt() + " " + told.reason() + ": " + told.operation() + " of " + told.table()
                + (told.id().isEmpty()
                        ? ""
                        : " " + Escapes.line(RowId.print(told.id().values())))
                + by(told) + "; transaction " + told.txId() + " at "
                + told.position();
    }
}
