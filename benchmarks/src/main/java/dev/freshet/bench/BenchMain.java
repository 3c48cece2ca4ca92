// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.devservices.DevServicesException;
import dev.freshet.support.config.CommandRunner;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code freshet bench}. */
@Command(
        name = "freshet bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ConsistencyCommand.class, PlanCommand.class, WalCommand.class},
        description = "Measures what Freshet promises, with real servers and processes on this machine.")
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) {
        var line = commandLine();
        CommandRunner.warnOfVariables(line, Environment.ofProcess());
        System.exit(line.execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchMain())
                .setParameterExceptionHandler(Refusal::tell)
                .setExecutionExceptionHandler(BenchMain::report);
    }

    /** Reports an invalid setting in one line. Any other failure is rethrown and printed with its stack trace. */
    private static int report(Exception failure, CommandLine line, ParseResult parsed) throws Exception {
        if (!(failure instanceof ConfigException) && !(failure instanceof DevServicesException)) {
            throw failure;
        }
        line.getErr().println(line.getColorScheme().errorText(failure.getMessage()));
        return failure instanceof ConfigException
                ? line.getCommandSpec().exitCodeOnInvalidInput()
                : line.getCommandSpec().exitCodeOnExecutionException();
    }
}
