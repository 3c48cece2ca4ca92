// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.latency.LatencyBench;
import dev.freshet.lab.bench.latency.LatencySettings;
import dev.freshet.support.config.cli.FreshetVersion;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class LatencyCommand extends BenchCommand {
    @Option(
            names = "--rates",
            paramLabel = "LIST",
            split = ",",
            description = "Commits per second. Default: 20,200,1000,2000,5000, with --quick 20,200,2000.")
    private List<Integer> rates;

    @Override
    BenchRun.Bench bench(BenchOptions options) {
        var usual =
                options.isQuick() ? LatencySettings.quick(options.rounds()) : LatencySettings.usual(options.rounds());
        var settings = rates == null ? usual : usual.at(rates);
        return (servers, launcher, progress) -> new LatencyBench(settings, servers, launcher, progress).run();
    }
}
