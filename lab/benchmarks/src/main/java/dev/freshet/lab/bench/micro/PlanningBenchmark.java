// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Mapping;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What an update of one row evicts: planning of a transaction of one row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PlanningBenchmark {
    /** What the mapping has: one plain key; tags; one key with a function. */
    @Param({"key", "tags", "function"})
    public String mapped;

    private final List<RowChange> changes = List.of(Samples.update());
    private Planner planner;
    private Relations rows;

    @Setup
    public void compile() {
        Mapping mapping = switch (mapped) {
            case "key" -> Samples.withKey("item:{id}");
            case "tags" -> Samples.withTags();
            default -> Samples.withKey("item-by-email:{lower(email)}");
        };
        planner = new Planner(mapping);
        rows = new MemoryRelations(mapping, planner.reads());
    }

    @Benchmark
    public void row(Blackhole evicted) {
        planner.begin(rows).plan(changes, evicted::consume);
    }
}
