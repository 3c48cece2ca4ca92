// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Runs a picocli command: options from the environment, errors in one line instead of a stack trace. */
public final class CommandRunner {
    private CommandRunner() {}

    /** The exit code: 0, 2 for bad options or settings, 1 for any other failure. */
    public static int run(Object command, Environment environment, String... arguments) {
        return commandLine(command, environment).execute(arguments);
    }

    /** The command ready to run, for who wants to look at what it parsed. */
    public static CommandLine commandLine(Object command, Environment environment) {
        return new CommandLine(command)
                .registerConverter(Duration.class, new DurationConverter())
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setExecutionExceptionHandler(CommandRunner::report);
    }

    private static int report(Exception failure, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof ConfigException) {
            line.getErr().println(line.getColorScheme().errorText(failure.getMessage()));
            return ExitCode.USAGE;
        }
        throw failure;
    }
}
