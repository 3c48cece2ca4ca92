// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.bar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.bar.Bar.Limit;
import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarsTest {
    private static final Metric MILLIS = new Metric("millis", "ms", 1, true);

    private static final Map<String, Results> RESULTS = Map.of(
            "fanout",
            new Results(
                    "fanout",
                    "floor",
                    List.of(MILLIS),
                    List.of(
                            sample("10 keys", "freshet", 2),
                            sample("10 keys", "floor", 4),
                            sample("100 keys", "freshet", 30),
                            sample("100 keys", "floor", 10),
                            sample("100 tags", "freshet", 99))));

    private static Sample sample(String setting, String subject, double millis) {
        return new Sample(setting, 1, subject, Map.of("millis", millis));
    }

    private static Bar bar(Formula formula, Limit limit) {
        return new Bar("fanout", "x", formula, limit, "×");
    }

    @Test
    void worstOfTheSettingsCounts() {
        var times = Formula.times("fanout", ".* keys", "freshet", "floor", "millis");
        assertThat(times.of(RESULTS)).containsExactly(0.5, 3.0);
        assertThat(bar(times, Limit.atMost(2)).measured(RESULTS)).contains(3.0);
        assertThat(bar(times, Limit.atMost(2)).holds(RESULTS)).contains(false);
        assertThat(bar(times, Limit.atMost(3)).holds(RESULTS)).contains(true);
        assertThat(bar(times, Limit.atLeast(0.6)).measured(RESULTS)).contains(0.5);
        assertThat(bar(times, Limit.atLeast(0.6)).holds(RESULTS)).contains(false);
        assertThat(bar(times, Limit.atLeast(0.5)).holds(RESULTS)).contains(true);
    }

    @Test
    void cpuOfTheInvalidatorIsNotHeldAgainstTheWriter() {
        var writes = new Metric("writesPerSecond", "writes/s", 0, true, true);
        var micros = new Metric("invalidatorCpuMicrosPerWrite", "invalidator µs", 0, false);
        var results = new Results(
                "writer",
                "plain",
                List.of(writes, micros),
                List.of(
                        new Sample("8 connections, one user", 1, "api", Map.of("writesPerSecond", 1_000.0)),
                        new Sample(
                                "8 connections, one user",
                                1,
                                "api+invalidator",
                                Map.of("writesPerSecond", 800.0, "invalidatorCpuMicrosPerWrite", 500.0))));
        Bar bar = Bars.ALL.stream()
                .filter(each -> each.name().startsWith("API while"))
                .findFirst()
                .orElseThrow();
        // 800 writes at 500 µs are 0.4 of 2 cores: 800 of 1,000 were to be expected.
        assertThat(bar.measured(Map.of("writer", results))).contains(1.0);
        assertThat(bar.holds(Map.of("writer", results))).contains(true);
    }

    @Test
    void growthIsOverTheFirstSetting() {
        assertThat(Formula.growth("fanout", ".*", "freshet", "millis").of(RESULTS))
                .containsExactly(15.0, 49.5);
    }

    @Test
    void whatIsNotMeasuredNeitherHoldsNorFails() {
        var missing = List.of(
                Formula.value("drain", ".*", "freshet", "millis"),
                Formula.value("fanout", ".* rows", "freshet", "millis"),
                Formula.value("fanout", ".*", "other", "millis"),
                Formula.value("fanout", ".*", "freshet", "seconds"),
                Formula.times("fanout", ".* tags", "freshet", "floor", "millis"),
                Formula.growth("fanout", ".* tags", "freshet", "millis"));
        assertThat(missing).allSatisfy(formula -> {
            assertThat(formula.of(RESULTS)).isEmpty();
            assertThat(bar(formula, Limit.atMost(1)).holds(RESULTS)).isEmpty();
        });
    }

    @Test
    void textsAreReadable() {
        var bar = new Bar("drain", "x", results -> List.of(), Limit.atLeast(20_000), "/s");
        assertThat(bar.limitText()).isEqualTo("≥ 20,000 /s");
        assertThat(bar.text(42_512.7)).isEqualTo("42,513 /s");
        assertThat(bar.text(1.234)).isEqualTo("1.23 /s");
        assertThat(bar(results -> List.of(), Limit.atMost(1.5)).limitText()).isEqualTo("≤ 1.5 ×");
    }

    @Test
    void everyBarHasARowAndANameOfItsOwn() {
        assertThat(BarTable.rows(Map.of())).hasSize(Bars.ALL.size() + 1);
        assertThat(BarTable.count(Map.of())).isEqualTo("0 of 0 hold; %d were not measured", Bars.ALL.size());
        assertThat(Bars.ALL.stream().map(bar -> bar.benchmark() + bar.name())).doesNotHaveDuplicates();
    }
}
