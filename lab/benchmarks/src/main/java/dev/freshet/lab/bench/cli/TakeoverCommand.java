// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.idle.TakeoverBench;
import dev.freshet.support.config.cli.FreshetVersion;
import picocli.CommandLine.Command;

/** {@code freshet bench takeover}. */
@Command(
        name = "takeover",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Measures the time from the SIGKILL of a process until a change that waits is evicted.",
            "Freshet has a second process that stands by; the others are started again at once."
        })
final class TakeoverCommand extends BenchCommand {
    @Override
    BenchRun.Bench bench(BenchOptions options) {
        int rounds = options.requireRounds();
        return (servers, launcher, progress) -> new TakeoverBench(rounds, servers, launcher, progress).run();
    }
}
