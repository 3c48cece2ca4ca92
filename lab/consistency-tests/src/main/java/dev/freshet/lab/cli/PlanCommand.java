// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.cli;

import dev.freshet.lab.plan.PlanRun;
import dev.freshet.lab.terminal.Screen;
import dev.freshet.support.config.cli.FreshetVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code freshet bench plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Generates mappings and transactions, and checks what the planner evicts against a recomputation of every",
            "key and tag from all rows. Needs no server."
        },
        footer = {
            "",
            "Exit code: 0 if nothing was missed; 1 if something was, and the smallest case found is written to --out;",
            "2 for wrong options. Ctrl-C ends the run and reports what was tried."
        })
final class PlanCommand implements Callable<Integer> {
    @Option(
            names = "--mappings",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Number of mappings. Default: ${DEFAULT-VALUE}.")
    private int mappings;

    @Option(
            names = "--transactions",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Number of transactions over all mappings. Default: ${DEFAULT-VALUE}.")
    private long transactions;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the first mapping; each further mapping uses the next seed. Default: a new one,"
                    + " which is printed.")
    private Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/plan-cases",
            description = "Folder for the case that shows what was missed. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (mappings < 1 || transactions < mappings) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--mappings %d, --transactions %d: expected at least one mapping, and a transaction for each"
                            .formatted(mappings, transactions));
        }
        long first = seed != null ? seed : ThreadLocalRandom.current().nextLong(1_000_000);
        var screen = Screen.ofProcess();
        screen.line("%,d mappings, %,d transactions, --seed %d".formatted(mappings, transactions, first));
        var run = new PlanRun(first, mappings, transactions);
        var interruptHandler = new InterruptHandler(run::stop);
        try {
            return tell(run, screen);
        } finally {
            interruptHandler.done();
        }
    }

    private int tell(PlanRun run, Screen screen) throws IOException {
        boolean right = run.run(tried -> screen.live("%,d of %,d mappings  %,d transactions, nothing missed"
                .formatted(run.triedMappings(), mappings, tried)));
        screen.line("%,d mappings and %,d transactions tried".formatted(run.triedMappings(), run.tried()));
        screen.line(run.report());
        if (right) {
            screen.line("nothing was missed");
            return 0;
        }
        screen.line("something was missed; the smallest case of it that was found is in " + run.writeCase(out));
        return 1;
    }
}
