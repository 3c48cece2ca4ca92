// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.latency.LatencyBench;
import dev.freshet.lab.bench.latency.LatencySettings;
import dev.freshet.support.config.cli.FreshetVersion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet bench latency}. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Measures the time from when a commit has returned until its key is gone.",
            "At fixed rates of commits; and whether the subject keeps up: how long after the last commit the last key",
            "goes (lag)."
        })
final class LatencyCommand implements Callable<Integer> {
    @Option(
            names = "--rates",
            paramLabel = "LIST",
            split = ",",
            description = "Commits per second. Default: 20,200,1000,2000,5000, with --quick 20,200,1000.")
    private List<Integer> rates;

    @Mixin
    private BenchOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        LatencySettings settings = settings();
        return new BenchRun(options, spec)
                .run((servers, launcher, screen) -> new LatencyBench(settings, servers, launcher, screen::live).run());
    }

    private LatencySettings settings() {
        try {
            var usual = options.isQuick()
                    ? LatencySettings.quick(options.rounds())
                    : LatencySettings.usual(options.rounds());
            return rates == null ? usual : usual.at(rates);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
