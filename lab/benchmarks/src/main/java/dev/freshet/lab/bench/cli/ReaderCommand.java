// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.reader.ReaderBench;
import dev.freshet.lab.bench.reader.ReaderSettings;
import dev.freshet.support.config.cli.FreshetVersion;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code freshet bench reader}. */
@Command(
        name = "reader",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Measures what reading costs.",
            "Hits with few and many tags, misses, hits in memory, and how often many readers of one evicted key load it;",
            "beside plain GET and SET, and beside no cache."
        })
final class ReaderCommand extends BenchCommand {
    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "LIST",
            description = "How many read at a time. Default: 1,2,4,8,16,32, with --quick 1,8,32.")
    private List<Integer> threads;

    @Override
    BenchRun.Bench bench(BenchOptions options) {
        var usual = options.isQuick() ? ReaderSettings.quick(options.rounds()) : ReaderSettings.usual(options.rounds());
        var settings = threads == null ? usual : usual.with(threads);
        return (servers, launcher, progress) -> new ReaderBench(settings, servers, launcher, progress).run();
    }
}
