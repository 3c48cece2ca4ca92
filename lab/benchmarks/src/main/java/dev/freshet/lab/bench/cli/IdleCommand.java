// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.idle.IdleBench;
import dev.freshet.lab.bench.idle.IdleSettings;
import dev.freshet.support.config.cli.FreshetVersion;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet bench idle}. */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = "Measures the CPU (in percent of one core) and the memory of a process that has nothing to do.")
final class IdleCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        IdleSettings settings = settings();
        return new BenchRun(options, spec)
                .run((servers, launcher, screen) -> new IdleBench(settings, servers, launcher, screen::live).run());
    }

    private IdleSettings settings() {
        var settling = Duration.ofSeconds(options.isQuick() ? 5 : 20);
        try {
            return new IdleSettings(settling, Duration.ofSeconds(20), options.rounds());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
