// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.drain.DrainBench;
import dev.freshet.lab.bench.drain.DrainSettings;
import dev.freshet.support.config.cli.FreshetVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code freshet bench drain}. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Measures how fast a backlog is worked off.",
            "It was committed while nobody streamed, in transactions of 1 row, of 1,000 rows, and of all rows. Rows a",
            "second, from the first to the last eviction; CPU meanwhile; and peak memory. The largest ones also with a",
            "small heap."
        })
final class DrainCommand extends BenchCommand {
    private static final long USUAL_ROWS = 1_000_000;
    private static final long QUICK_ROWS = 100_000;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of the backlog. Default: 1000000, with --quick 100000.")
    private Long rows;

    @Option(
            names = "--heap",
            paramLabel = "N",
            defaultValue = "128",
            description = "The small heap, in MiB. Default: ${DEFAULT-VALUE}.")
    private int heap;

    @Option(
            names = "--kafka",
            description =
                    "Also the sink of Kafka Connect, with 1, 2 and 4 tasks, beside a broker, two workers and Debezium's"
                            + " connector.")
    private boolean kafka;

    @Override
    BenchRun.Bench bench(BenchOptions options) {
        long usual = options.isQuick() ? QUICK_ROWS : USUAL_ROWS;
        var usually = DrainSettings.of(rows == null ? usual : rows, heap, options.rounds());
        var settings = kafka ? usually.withKafka() : usually;
        return (servers, launcher, progress) -> new DrainBench(settings, servers, launcher, progress).run();
    }
}
