// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.writer.WriterBench;
import dev.freshet.lab.bench.writer.WriterSettings;
import dev.freshet.support.config.cli.FreshetVersion;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code freshet bench writer}. */
@Command(
        name = "writer",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Measures what writing costs.",
            "Through the writer-service, and with plain SQL with and without the triggers that record changes; for one",
            "user and for many; while the invalidator runs and while it does not."
        })
final class WriterCommand extends BenchCommand {
    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "LIST",
            description = "How many write at a time. Default: 1,2,4,8, with --quick 1,8.")
    private List<Integer> connections;

    @Override
    BenchRun.Bench bench(BenchOptions options) {
        var usual = options.isQuick() ? WriterSettings.quick(options.rounds()) : WriterSettings.usual(options.rounds());
        var settings = connections == null ? usual : usual.with(connections);
        return (servers, launcher, progress) -> new WriterBench(settings, servers, launcher, progress).run();
    }
}
