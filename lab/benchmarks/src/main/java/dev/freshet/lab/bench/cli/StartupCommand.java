// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.idle.StartupBench;
import dev.freshet.support.config.cli.FreshetVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet bench startup}. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description =
                "Measures the time from the start of a process until it has evicted for a change that was waiting.")
final class StartupCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (options.rounds() < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds is " + options.rounds() + ", expected 1 or more");
        }
        return new BenchRun(options, spec)
                .run((servers, launcher, screen) ->
                        new StartupBench(options.rounds(), servers, launcher, screen::live).run());
    }
}
