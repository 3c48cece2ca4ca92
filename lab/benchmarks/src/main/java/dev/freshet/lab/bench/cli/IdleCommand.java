// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.idle.IdleBench;
import dev.freshet.lab.bench.idle.IdleSettings;
import dev.freshet.support.config.cli.FreshetVersion;
import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code freshet bench idle}. */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = "Measures the CPU (in percent of one core) and the memory of a process that has nothing to do.")
final class IdleCommand extends BenchCommand {
    @Override
    BenchRun.Bench bench(BenchOptions options) {
        var settling = Duration.ofSeconds(options.isQuick() ? 5 : 20);
        var duration = Duration.ofSeconds(options.isQuick() ? 10 : 20);
        var settings = new IdleSettings(settling, duration, options.rounds());
        return (servers, launcher, progress) -> new IdleBench(settings, servers, launcher, progress).run();
    }
}
