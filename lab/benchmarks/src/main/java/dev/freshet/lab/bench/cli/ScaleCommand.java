// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.scale.ScaleBench;
import dev.freshet.lab.bench.scale.ScaleSettings;
import dev.freshet.support.config.cli.FreshetVersion;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code freshet bench scale}. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Measures what more rows, writers and templates cost; and hits, queries and stale reads beside those of",
            "values that only expire."
        })
final class ScaleCommand extends BenchCommand {
    @Option(
            names = "--rows",
            paramLabel = "LIST",
            split = ",",
            description = "Numbers of rows. Default: 10000,1000000,10000000, with --quick the first two.")
    private List<Long> rows;

    @Override
    BenchRun.Bench bench(BenchOptions options) {
        var usual = options.isQuick() ? ScaleSettings.quick(options.rounds()) : ScaleSettings.usual(options.rounds());
        var settings = rows == null ? usual : usual.with(rows);
        return (servers, launcher, progress) -> new ScaleBench(settings, servers, launcher, progress).run();
    }
}
