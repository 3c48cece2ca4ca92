// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.invalidator.run.status.RecentTransaction;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Isolate;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was done in the last minute, as JSON: in all by the meters, and for each table by the remembered transactions. */
final class LastMinute {
    private LastMinute() {}

    /** What the changes of one table made stale. */
    private static final class OfTable {
        private long transactions;
        private long keys;
        private long others;
        private boolean complete = true;
        private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    }

    /** A key, tag or pattern of one transaction, as often as changes of several tables caused it. */
    private record Stale(TableName table, Eviction.Kind kind, Optional<Isolate> owner, String name) {}

    /**
     * @param since the meters at its begin
     * @param now the meters at its end
     * @param remembered the last transactions, oldest first
     */
    static ObjectNode of(History.Sample since, History.Sample now, List<RecentTransaction> remembered) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("since", since.at().toString());
        node.put("transactions", (long) (now.transactions() - since.transactions()));
        node.put("rows", (long) (now.rows() - since.rows()));
        node.put("present", (long) (now.present() - since.present()));
        node.put("absent", (long) (now.absent() - since.absent()));
        rememberedOnlySince(since.at(), remembered).ifPresent(at -> node.put("tablesSince", at.toString()));
        var tables = node.putArray("tables");
        byTable(since.at(), now.at(), remembered).forEach((table, of) -> {
            ObjectNode one = tables.addObject()
                    .put("table", table)
                    .put("transactions", of.transactions)
                    .put("keys", of.keys)
                    .put("others", of.others)
                    .put("complete", of.complete);
            ObjectNode reasons = one.putObject("reasons");
            of.reasons.forEach((reason, count) -> reasons.put(reason.toString(), count));
        });
        return node;
    }

    /** If earlier transactions of the minute may be forgotten: when the first that is remembered was evicted. */
    private static Optional<Instant> rememberedOnlySince(Instant since, List<RecentTransaction> remembered) {
        return remembered.stream()
                .findFirst()
                .filter(oldest -> oldest.number() > 1 && oldest.evictedAt().isAfter(since))
                .map(RecentTransaction::evictedAt);
    }

    private static Map<String, OfTable> byTable(Instant since, Instant until, List<RecentTransaction> remembered) {
        Map<String, OfTable> tables = new TreeMap<>();
        remembered.stream()
                .filter(each ->
                        each.evictedAt().isAfter(since) && !each.evictedAt().isAfter(until))
                .forEach(each -> add(each, tables));
        return tables;
    }

    private static void add(RecentTransaction transaction, Map<String, OfTable> tables) {
        Set<TableName> changed = new HashSet<>();
        transaction.changes().forEach(change -> changed.add(change.table()));
        for (TableName table : changed) {
            OfTable of = of(table, tables);
            of.transactions++;
            of.complete &= transaction.evictions().size() == transaction.evictionCount();
        }
        Set<Stale> seen = new HashSet<>();
        for (Eviction eviction : transaction.evictions()) {
            TableName table = eviction.cause().table();
            if (seen.add(new Stale(table, eviction.kind(), eviction.owner(), eviction.name()))) {
                OfTable of = of(table, tables);
                if (eviction.kind() == Eviction.Kind.KEY) {
                    of.keys++;
                } else {
                    of.others++;
                }
                of.reasons.merge(eviction.reason(), 1L, Long::sum);
            }
        }
    }

    private static OfTable of(TableName table, Map<String, OfTable> tables) {
        return tables.computeIfAbsent(table.toString(), name -> new OfTable());
    }
}
