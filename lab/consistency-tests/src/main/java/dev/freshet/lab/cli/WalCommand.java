// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.cli;

import dev.freshet.devservices.DevServices;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.terminal.Screen;
import dev.freshet.lab.wal.WalRun;
import dev.freshet.lab.wal.WalSetup;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.support.config.cli.FreshetVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code freshet bench wal}. */
@Command(
        name = "wal",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Sets every key of a mapping in a real Redis, runs random statements against a real PostgreSQL, and checks",
            "what the invalidator evicted against a recomputation of every key from all rows."
        },
        footer = {
            "",
            "Exit code: 0 if nothing was missed; 1 if something was; 2 for wrong options or an invalid mapping.",
            "Ctrl-C ends the run and reports what was tried."
        })
final class WalCommand implements Callable<Integer> {
    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "SQL file that creates tables and rows. Default: random ones. Needs --mapping.")
    private Path schema;

    @Option(names = "--mapping", paramLabel = "FILE", description = "The mapping of these tables.")
    private Path mapping;

    @Option(
            names = "--designs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Without --schema: number of random schemas, each with a mapping, tested side by side."
                    + " Default: ${DEFAULT-VALUE}.")
    private int designs;

    @Option(
            names = "--transactions",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Minimum number of transactions. Default: ${DEFAULT-VALUE}.")
    private int transactions;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of everything random. Default: a new one, which is printed.")
    private Long seed;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        if ((schema == null) != (mapping == null)) {
            throw new ParameterException(
                    spec.commandLine(), "--schema and --mapping: expected both, or none for random ones");
        }
        if (designs < 1 || transactions < 1) {
            throw new ParameterException(spec.commandLine(), "--designs and --transactions: expected 1 or more");
        }
        DevServices.requireSettings(System.getenv());
        long told = seed != null ? seed : ThreadLocalRandom.current().nextLong(1_000_000);
        var screen = Screen.ofProcess();
        var setup = schema == null ? WalSetup.generated(told, designs) : WalSetup.of(schema, mapping);
        screen.line("%,d transactions, --seed %d".formatted(transactions, told));
        var run = new WalRun(setup, told);
        var interruptHandler = new InterruptHandler(run::stop);
        try {
            return run(run, screen);
        } catch (MappingException e) {
            screen.line(e.getMessage());
            return 2;
        } catch (StackException | DevServicesException e) {
            screen.line(e.getMessage());
            return 1;
        } finally {
            interruptHandler.done();
        }
    }

    private int run(WalRun run, Screen screen) throws SQLException, IOException, InterruptedException {
        boolean right = run.run(transactions, screen::live);
        screen.line(run.told());
        screen.line(right ? "nothing was missed" : "missed:");
        run.missed().forEach(screen::line);
        return right ? 0 : 1;
    }
}
