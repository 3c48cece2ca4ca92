// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.idle.StartupBench;
import dev.freshet.support.config.cli.FreshetVersion;
import picocli.CommandLine.Command;

/** {@code freshet bench startup}. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description =
                "Measures the time from the start of a process until it has evicted for a change that was waiting.")
final class StartupCommand extends BenchCommand {
    @Override
    BenchRun.Bench bench(BenchOptions options) {
        int rounds = options.requireRounds();
        return (servers, launcher, progress) -> new StartupBench(rounds, servers, launcher, progress).run();
    }
}
