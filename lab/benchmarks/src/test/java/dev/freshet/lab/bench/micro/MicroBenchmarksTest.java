// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.CacheStatus;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.model.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH finds the benchmarks, one runs, and what they measure is what they say. */
class MicroBenchmarksTest {
    static {
        // Whoever else measures on this machine may do so.
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void everyInnerLoopHasItsBenchmark() {
        var found = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());
        assertThat(found)
                .extracting(one -> one.getUsername()
                        .substring(one.getUsername()
                                        .lastIndexOf('.', one.getUsername().lastIndexOf('.') - 1)
                                + 1))
                .contains(
                        "PlanningBenchmark.row",
                        "RenderingBenchmark.keys",
                        "DecodingBenchmark.newImage",
                        "DecodingBenchmark.oldImage",
                        "EntryBenchmark.decode",
                        "NearHitBenchmark.nearHit",
                        "ReadBenchmark.plainGet",
                        "ReadBenchmark.hit",
                        "ReadBenchmark.hitWithFourMoreTags",
                        "ReadBenchmark.hitAsObject",
                        "SpringHitBenchmark.springHit");
    }

    @Test
    void aBenchmarkRuns() throws Exception {
        var results = new Runner(new OptionsBuilder()
                        .include(RenderingBenchmark.class.getSimpleName())
                        .param("template", "item:{id}")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(10))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        assertThat(results).hasSize(1);
        assertThat(results.iterator().next().getPrimaryResult().getScore()).isPositive();
    }

    @Test
    void mappingsPlanWhatTheyAreNamedAfter() {
        assertThat(planned(Samples.withKey("item:{id}"))).containsExactly("key item:4711");
        assertThat(planned(Samples.withTags())).contains("tag item:4711");
        assertThat(planned(Samples.withKey("item-by-email:{lower(email)}")))
                .contains("key item-by-email:jane.doe@example.org");
    }

    private static List<String> planned(Mapping mapping) {
        var planner = new Planner(mapping);
        var evictions = new ArrayList<Eviction>();
        planner.begin(new MemoryRelations(mapping, planner.reads())).plan(List.of(Samples.update()), evictions::add);
        return evictions.stream()
                .map(eviction -> eviction.kind() + " " + eviction.name())
                .distinct()
                .toList();
    }

    @Test
    void decodedRowHoldsTheValues() throws Exception {
        var decoding = new DecodingBenchmark();
        assertThat(decoding.newImage()).isEqualTo(Samples.row(2));
        assertThat(decoding.oldImage()).isEqualTo(Samples.row(1));
    }

    @Test
    void readsAreAnsweredByRedis() {
        var benchmark = new ReadBenchmark();
        benchmark.fill();
        try {
            assertThat(benchmark.plainGet()).asString().contains("write it down");
            for (var hit : List.of(benchmark.hit(), benchmark.hitWithFourMoreTags(), benchmark.hitAsObject())) {
                assertThat(hit.status()).isEqualTo(CacheStatus.HIT);
            }
        } finally {
            benchmark.close();
        }
    }

    @Test
    void springAnswersFromRedis() {
        var benchmark = new SpringHitBenchmark();
        benchmark.fill();
        try {
            assertThat(benchmark.springHit().name()).isEqualTo("write it down");
            assertThat(benchmark.loads()).isEqualTo(1);
        } finally {
            benchmark.close();
        }
    }

    @Test
    void entryIsDecodedToItsValue() {
        var benchmark = new EntryBenchmark();
        benchmark.tags = 5;
        benchmark.bytes = 200;
        benchmark.write();
        assertThat(benchmark.decode()).hasSize(200).startsWith("\"xx");
    }
}
