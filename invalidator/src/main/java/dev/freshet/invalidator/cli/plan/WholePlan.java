// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.StreamEvent;
import dev.freshet.debezium.json.EventParser;
import dev.freshet.debezium.json.MappedTables;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.util.Map;

/** All evictions by one mapping. */
final class WholePlan implements LinePlan {
    private final EventParser parser;
    private final StreamPlan stream;

    /** @param partitions leaf to table */
    WholePlan(Mapping mapping, Map<TableName, TableName> partitions, Output out) {
        var tables = new MappedTables(mapping, partitions);
        var planner = new Planner(mapping);
        parser = new EventParser(tables);
        stream = new StreamPlan(
                planner,
                tables,
                new MemoryRelations(mapping, planner.reads()),
                eviction -> out.eviction("", eviction, tables));
    }

    @Override
    public StreamEvent line(String text) throws BadEventException {
        StreamEvent event = parser.parse(text);
        stream.take(event);
        return event;
    }

    @Override
    public void endOfStream() throws BadEventException {
        parser.end();
        stream.end();
    }

    @Override
    public void end() {
        stream.end();
    }

    @Override
    public long transactions() {
        return stream.transactions();
    }

    @Override
    public String total(EvictionWriter written) {
        return written.total("");
    }
}
