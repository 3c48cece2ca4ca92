// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.debezium.event.StreamEvent;
import dev.freshet.debezium.json.EventParser;
import dev.freshet.debezium.json.MappedTables;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Isolate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Plans a change stream by two mappings, and passes on what only one of them evicts, transaction by transaction. What
 * both evict in a transaction, for whatever reason, is only counted.
 */
final class PlanDifference implements LinePlan {
    private final Side now;
    private final Side old;
    private final Output out;
    private long txId = EventCodec.UNKNOWN;
    private boolean open;
    private long transactions;
    private long same;

    private record Target(Eviction.Kind kind, Optional<Isolate> owner, String name) {
        static Target of(Eviction eviction) {
            return new Target(eviction.kind(), eviction.owner(), eviction.name());
        }
    }

    /** What one mapping makes of the stream. */
    private static final class Side {
        private final String file;
        private final MappedTables tables;
        private final EventParser parser;
        private final StreamPlan plan;
        private final Map<Target, Eviction> found = new LinkedHashMap<>();

        Side(Mapping mapping, Map<TableName, TableName> partitions) {
            this.file = mapping.file();
            this.tables = new MappedTables(mapping, partitions);
            this.parser = new EventParser(tables);
            var planner = new Planner(mapping);
            this.plan = new StreamPlan(
                    planner,
                    tables,
                    new MemoryRelations(mapping, planner.reads()),
                    eviction -> found.put(Target.of(eviction), eviction));
        }

        StreamEvent parse(String line) throws BadEventException {
            try {
                return parser.parse(line);
            } catch (BadEventException e) {
                throw new BadEventException("by " + file + ": " + e.getMessage());
            }
        }
    }

    /** @param partitions leaf to table */
    PlanDifference(Mapping now, Mapping old, Map<TableName, TableName> partitions, Output out) {
        this.now = new Side(now, partitions);
        this.old = new Side(old, partitions);
        this.out = out;
    }

    /** Returns what the line is for the mapping that knows its table. */
    @Override
    public StreamEvent line(String text) throws BadEventException {
        StreamEvent byNow = now.parse(text);
        StreamEvent byOld = old.parse(text);
        StreamEvent known = byNow instanceof StreamEvent.Unmapped ? byOld : byNow;
        if (known instanceof StreamEvent.Changed changed) {
            long tx = changed.change().origin().txId();
            if (!open || tx != txId || tx == EventCodec.UNKNOWN) {
                end();
                open = true;
                txId = tx;
                transactions++;
            }
        } else if (known instanceof StreamEvent.Seen) {
            end();
        }
        now.plan.take(byNow);
        old.plan.take(byOld);
        return known;
    }

    @Override
    public void endOfStream() throws BadEventException {
        now.parser.end();
        old.parser.end();
        end();
    }

    /** Ends the open transaction, if any, and compares what it evicts. */
    @Override
    public void end() {
        open = false;
        now.plan.end();
        old.plan.end();
        now.found.forEach((target, eviction) -> {
            if (old.found.containsKey(target)) {
                same++;
            } else {
                out.eviction("gained", eviction, now.tables);
            }
        });
        old.found.forEach((target, eviction) -> {
            if (!now.found.containsKey(target)) {
                out.eviction("lost", eviction, old.tables);
            }
        });
        now.found.clear();
        old.found.clear();
    }

    @Override
    public long transactions() {
        return transactions;
    }

    @Override
    public String total(EvictionWriter written) {
        return "gained " + written.total("gained") + "; lost " + written.total("lost") + "; " + same + " the same";
    }
}
