// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.devservices.DevServices;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.process.ProcessUsage;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.RunFacts;
import dev.freshet.lab.bench.run.Ending;
import dev.freshet.lab.bench.run.RunReport;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.terminal.Screen;
import dev.freshet.support.config.OutputFile;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one benchmark between the start of the servers and the report. */
final class BenchRun {
    private final BenchOptions options;
    private final CommandSpec spec;
    private final Screen screen = Screen.ofProcess();

    /** The benchmark itself. */
    @FunctionalInterface
    interface Bench {
        Results run(BenchServers servers, SubjectLauncher launcher, Progress progress)
                throws SQLException, IOException, InterruptedException;
    }

    BenchRun(BenchOptions options, CommandSpec spec) {
        this.options = options;
        this.spec = spec;
    }

    /** Returns the exit code. */
    int run(Bench bench) throws IOException, SQLException, InterruptedException {
        DevServices.requireSettings(System.getenv());
        if (options.out() != null) {
            OutputFile.require("--out", options.out());
        }
        if (!ProcessUsage.isKnown()) {
            screen.line("this benchmark reads what processes use from /proc, which only Linux has");
            return 1;
        }
        Ending.watch();
        try {
            measure(bench);
            return 0;
        } catch (StackException | DevServicesException e) {
            if (!Ending.hasBegun()) {
                screen.line(e.getMessage());
            }
            return 1;
        } catch (RuntimeException | SQLException | IOException e) {
            if (Ending.hasBegun()) {
                return 1;
            }
            throw e;
        }
    }

    private void measure(Bench bench) throws IOException, SQLException, InterruptedException {
        Instant start = Instant.now();
        WorkFolder folder = WorkFolder.create("bench");
        boolean done = false;
        try (var servers = new BenchServers()) {
            var facts = new RunFacts(command(), start, servers.versions(), SubjectLauncher.JAVA_FLAGS);
            measure(bench, servers, folder, new RunReport(options.rounds(), options.out(), screen, facts));
            done = true;
        } finally {
            if (done) {
                folder.close();
            } else if (!Ending.hasBegun()) {
                folder.keep();
                screen.line("logs are in " + folder);
            }
        }
    }

    @SuppressWarnings("try") // the last words may have to be said as long as this is open
    private static void measure(Bench bench, BenchServers servers, WorkFolder folder, RunReport report)
            throws SQLException, IOException, InterruptedException {
        try (var lastWords = Ending.watch(report::tellSoFar)) {
            report.tellAll(bench.run(servers, new SubjectLauncher(servers.redisUri(), folder.path()), report));
        } finally {
            report.tellSoFar();
        }
    }

    /** The command as typed, for the result file. */
    private String command() {
        return "./freshet bench "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
