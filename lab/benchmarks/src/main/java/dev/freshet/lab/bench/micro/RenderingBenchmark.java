// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.core.plan.join.Join;
import dev.freshet.core.stream.Row;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The keys of one row by one template. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RenderingBenchmark {
    @Param({"item:{id}", "shop:{shop_id}:item:{id}:v{version}", "item-by-email:{lower(email)}"})
    public String template;

    private final Row[] tuple = {Samples.row(1)};
    private Join join;

    @Setup
    public void compile() {
        var mapping = Samples.withKey(template);
        var item = mapping.entity("item");
        join = Join.compile(mapping, item, item.templates().get(0));
    }

    @Benchmark
    public Optional<List<String>> keys() {
        return join.keys(tuple);
    }
}
