// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.cli;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.cli.CommandLineErrors;
import dev.freshet.support.config.cli.FreshetVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code freshet bench}: the commands of this module, and those that are added to them. */
@Command(
        name = "freshet bench",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        subcommands = {ConsistencyCommand.class, PlanCommand.class, WalCommand.class},
        description = "Measures what Freshet promises, with real servers and processes on this machine.")
public final class LabMain {
    private LabMain() {}

    /** All commands, ready to run. */
    public static CommandLine commandLine(Object... furtherCommands) {
        var line = new CommandLine(new LabMain());
        for (Object command : furtherCommands) {
            line.addSubcommand(command);
        }
        return line.setParameterExceptionHandler(CommandLineErrors::tell).setExecutionExceptionHandler(LabMain::report);
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
