// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.cli;

import dev.freshet.model.mapping.MappingException;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.SqlFailure;
import dev.freshet.support.config.secret.Redaction;
import dev.freshet.support.config.terminal.EscapedOutput;
import dev.freshet.support.config.terminal.Escapes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a picocli command. Options can also come from the environment; an error is printed as one line where possible,
 * not as a stack trace. What is wrong in a mapping is printed as it is, a line for each problem, with exit code 2.
 */
public final class CommandRunner {
    private CommandRunner() {}

    /** Runs the command. Returns the exit code: 0, 2 for bad options or settings, 1 for any other failure. */
    public static int run(Object command, Environment environment, String... arguments) {
        var line = commandLine(command, environment);
        Variables.warnings(line, environment).forEach(line.getErr()::println);
        line.getErr().flush();
        return line.execute(arguments);
    }

    /** Warns of unknown variables; for a command that takes no options from the environment. */
    public static void warnOfVariables(CommandLine line, Environment environment) {
        Variables.warnings(environment).forEach(line.getErr()::println);
        line.getErr().flush();
    }

    /** The command, ready to run, for callers that inspect what it parsed. */
    public static CommandLine commandLine(Object command, Environment environment) {
        var line = new CommandLine(command)
                .registerConverter(Duration.class, new DurationConverter())
                .registerConverter(Boolean.class, new BooleanConverter())
                .registerConverter(boolean.class, new BooleanConverter())
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setExecutionStrategy(CommandRunner::execute)
                .setParameterExceptionHandler(
                        (refused, given) -> CommandLineErrors.tell(refused, new GivenNames(given, environment)))
                .setExecutionExceptionHandler((failure, at, parsed) -> report(failure, at, parsed, environment));
        knowVersion(line);
        return line;
    }

    private static void knowVersion(CommandLine line) {
        line.getCommandSpec().versionProvider(new FreshetVersion());
        line.getSubcommands().values().forEach(CommandRunner::knowVersion);
    }

    /**
     * Picocli ignores every other argument if {@code --help} is given. Unknown arguments are reported here
     * nevertheless, because help for a command that does not exist is useless.
     */
    private static int execute(ParseResult parsed) {
        for (var each : parsed.asCommandLineList()) {
            if (!each.getParseResult().unmatched().isEmpty()) {
                throw new UnmatchedArgumentException(
                        each, List.copyOf(each.getParseResult().unmatched()));
            }
        }
        Integer helped = CommandLine.executeHelpRequest(parsed);
        return helped != null ? helped : escaped(parsed);
    }

    /** What a command prints may hold text of others. The colours of help and of errors are picocli's own. */
    private static int escaped(ParseResult parsed) {
        var line = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
        PrintWriter out = line.getOut();
        PrintWriter err = line.getErr();
        try {
            line.setOut(new EscapedOutput(out)).setErr(new EscapedOutput(err));
            return new RunLast().execute(parsed);
        } finally {
            line.setOut(out).setErr(err);
        }
    }

    private static int report(Exception failure, CommandLine line, ParseResult parsed, Environment environment) {
        if (failure instanceof ConfigException bad) {
            var names = new GivenNames(parsed.originalArgs(), environment);
            String name = names.of(bad.setting(), line.getCommandSpec().options());
            line.getErr().println(line.getColorScheme().errorText(Escapes.lines(bad.messageFor(name))));
            return ExitCode.USAGE;
        }
        if (failure instanceof MappingException wrong) {
            line.getErr().println(Escapes.lines(wrong.getMessage()));
            line.getErr().flush();
            return ExitCode.USAGE;
        }
        var database = SqlFailure.behind(failure);
        if (database.isPresent()
                && database.get().getSQLState() != null
                && isNoFault(database.get().getSQLState())) {
            var told = "could not ask the database: " + SqlFailure.message(database.get());
            line.getErr().println(line.getColorScheme().errorText(Escapes.lines(told)));
            return line.getCommandSpec().exitCodeOnExecutionException();
        }
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        line.getErr().print(line.getColorScheme().stackTraceText(Escapes.lines(Redaction.of(trace.toString()))));
        line.getErr().flush();
        return line.getCommandSpec().exitCodeOnExecutionException();
    }

    /**
     * Whether the cause lies outside the program: connection, authentication, privileges, or a database that is
     * missing, read-only or unavailable.
     */
    private static boolean isNoFault(String state) {
        return Stream.of("08", "25006", "28", "3D", "42501", "53", "55", "57").anyMatch(state::startsWith);
    }
}
