// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.drain.DrainBench;
import dev.freshet.lab.bench.drain.DrainSettings;
import dev.freshet.support.config.cli.FreshetVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet bench drain}. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Measures how fast a backlog is worked off.",
            "It was committed while nobody streamed, in transactions of 1 row, of 1,000 rows, and of all rows. Rows a",
            "second, from the first to the last eviction; CPU meanwhile; and peak memory."
        })
final class DrainCommand implements Callable<Integer> {
    private static final long USUAL_ROWS = 1_000_000;
    private static final long QUICK_ROWS = 100_000;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of the backlog. Default: 1000000, with --quick 100000.")
    private Long rows;

    @Mixin
    private BenchOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        DrainSettings settings = settings();
        return new BenchRun(options, spec)
                .run((servers, launcher, screen) -> new DrainBench(settings, servers, launcher, screen::live).run());
    }

    private DrainSettings settings() {
        long usual = options.isQuick() ? QUICK_ROWS : USUAL_ROWS;
        try {
            return DrainSettings.of(rows == null ? usual : rows, options.rounds());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
