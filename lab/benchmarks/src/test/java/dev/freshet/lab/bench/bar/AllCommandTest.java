// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.bar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.result.ResultJson;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class AllCommandTest {
    private final List<String> runs = new ArrayList<>();
    private int drainEnds;

    @TempDir
    Path folder;

    @Command(name = "bench")
    static final class Bench {}

    @Command
    private final class Benchmark implements Callable<Integer> {
        private final String name;

        @Option(names = "--quick")
        private boolean quick;

        @Option(names = "--rounds")
        private int rounds;

        @Option(names = "--out")
        private Path out;

        Benchmark(String name) {
            this.name = name;
        }

        @Override
        public Integer call() throws IOException {
            assertThat(out).as("what an earlier run has left").doesNotExist();
            runs.add("%s quick=%s rounds=%d".formatted(name, quick, rounds));
            var results = new Results(name, "floor", List.of(), List.of());
            ResultJson.write(out, results, new RunFacts("x", Instant.EPOCH, Map.of(), List.of()));
            return name.equals("drain") ? drainEnds : 0;
        }
    }

    /** Writes something else. */
    @Command
    private static final class Other implements Callable<Integer> {
        @Option(names = "--out")
        private Path out;

        @Override
        public Integer call() {
            throw new IllegalStateException("called for " + out);
        }
    }

    private CommandLine commands() {
        return new CommandLine(new Bench())
                .addSubcommand(new AllCommand(this::commands))
                .addSubcommand("latency", new Benchmark("latency"))
                .addSubcommand("drain", new Benchmark("drain"))
                .addSubcommand("plan", new Other());
    }

    private int run(String... options) {
        var line = new ArrayList<>(List.of("all", "--out", folder.toString()));
        line.addAll(List.of(options));
        return commands().execute(line.toArray(String[]::new));
    }

    @Test
    void everyBenchmarkRunsWithTheSameOptions() throws IOException {
        Files.writeString(folder.resolve("latency-quick.json"), "{}");
        assertThat(run("--quick", "--rounds", "2")).isZero();
        assertThat(runs).containsExactly("latency quick=true rounds=2", "drain quick=true rounds=2");
        assertThat(folder)
                .isDirectoryContaining("glob:**/latency-quick.json")
                .isDirectoryContaining("glob:**/drain-quick.json");
    }

    @Test
    void oneThatFailsDoesNotEndTheOthers() {
        drainEnds = 1;
        assertThat(run()).isEqualTo(1);
        assertThat(runs).hasSize(2);
        assertThat(folder).isDirectoryContaining("glob:**/latency.json");
    }
}
