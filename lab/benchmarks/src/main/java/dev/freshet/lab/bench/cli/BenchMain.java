// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import dev.freshet.lab.bench.bar.AllCommand;
import dev.freshet.lab.bench.micro.JmhCommand;
import dev.freshet.lab.bench.page.ReportCommand;
import dev.freshet.lab.cli.LabMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import picocli.CommandLine;

/** {@code freshet bench}: everything that measures Freshet. */
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) {
        var line = commandLine();
        CommandRunner.warnOfVariables(line, Environment.ofProcess());
        System.exit(line.execute(arguments));
    }

    /** All its commands, ready to run. */
    public static CommandLine commandLine() {
        return LabMain.commandLine(
                new AllCommand(BenchMain::commandLine),
                new LatencyCommand(),
                new DrainCommand(),
                new FanoutCommand(),
                new ScaleCommand(),
                new IdleCommand(),
                new StartupCommand(),
                new TakeoverCommand(),
                new WriterCommand(),
                new ReaderCommand(),
                new JmhCommand(),
                new ReportCommand());
    }
}
