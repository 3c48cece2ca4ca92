// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.fanout.FanoutBench;
import dev.freshet.lab.bench.fanout.FanoutSettings;
import dev.freshet.support.config.cli.FreshetVersion;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code freshet bench fanout}. */
@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Measures how long it takes until all values are gone that one changed row makes stale, and how long",
            "another client of Redis has to wait meanwhile."
        })
final class FanoutCommand extends BenchCommand {
    @Option(
            names = "--keys",
            paramLabel = "LIST",
            split = ",",
            description = "Numbers of values. Default: 1000,10000,100000,1000000, with --quick the first three.")
    private List<Long> keys;

    @Override
    BenchRun.Bench bench(BenchOptions options) {
        var usual = options.isQuick() ? FanoutSettings.quick(options.rounds()) : FanoutSettings.usual(options.rounds());
        var settings = keys == null ? usual : usual.with(keys);
        return (servers, launcher, progress) -> new FanoutBench(settings, servers, launcher, progress).run();
    }
}
