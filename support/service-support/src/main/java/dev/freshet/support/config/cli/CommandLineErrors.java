// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.cli;

import dev.freshet.support.config.Environment;
import dev.freshet.support.config.secret.Redaction;
import dev.freshet.support.config.terminal.Escapes;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports what is wrong with a command line. An argument that was not understood may be a secret, so it is quoted only
 * if it looks like a name.
 */
public final class CommandLineErrors {
    private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z0-9-]*|-[A-Za-z]).*", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,19}");

    private CommandLineErrors() {}

    /** Prints the error, with suggestions or a pointer to the help. Returns the exit code. */
    public static int tell(ParameterException refused, String... arguments) {
        return tell(refused, new GivenNames(arguments, new Environment(Map.of())));
    }

    static int tell(ParameterException refused, GivenNames names) {
        var line = refused.getCommandLine();
        var err = line.getErr();
        var told = mostTelling(refused);
        err.println(line.getColorScheme().errorText(Escapes.lines(message(told, names))));
        UnmatchedArgumentException.printSuggestions(told, err);
        if (line.getSubcommands().isEmpty()) {
            err.println("'" + line.getCommandSpec().qualifiedName() + " --help' lists the options.");
        } else {
            line.usage(err, line.getColorScheme());
        }
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /**
     * If an option is missing and another argument is unknown, reports the unknown one: it may be the misspelt option.
     */
    private static ParameterException mostTelling(ParameterException refused) {
        var unmatched = refused.getCommandLine().getUnmatchedArguments();
        return refused instanceof MissingParameterException && !unmatched.isEmpty()
                ? new UnmatchedArgumentException(refused.getCommandLine(), List.copyOf(unmatched))
                : refused;
    }

    private static String message(ParameterException refused, GivenNames names) {
        if (refused instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched());
        }
        if (refused instanceof MissingParameterException missing) {
            var options = notGiven(missing, names);
            if (!options.isEmpty()) {
                return options.stream().map(CommandLineErrors::missing).collect(Collectors.joining("\n"));
            }
        }
        var message = Redaction.of(refused.getMessage());
        return refused.getArgSpec() instanceof OptionSpec option
                ? message.replaceFirst(
                        "option '[^']*'( \\([^)]*\\))?",
                        Matcher.quoteReplacement(names.of(option).orElse(option.longestName())))
                : message;
    }

    private static List<OptionSpec> notGiven(MissingParameterException missing, GivenNames names) {
        return missing.getMissing().stream()
                .filter(OptionSpec.class::isInstance)
                .map(OptionSpec.class::cast)
                .filter(option -> names.of(option).isEmpty())
                .toList();
    }

    private static String missing(OptionSpec option) {
        return "neither " + option.longestName() + " nor " + EnvironmentDefaults.variableOf(option.longestName())
                + " is set; expected " + String.join(" ", option.description());
    }

    private static String unmatched(List<String> words) {
        var first = words.get(0);
        var option = OPTION.matcher(first);
        if (option.matches()) {
            return "Unknown option: '" + option.group(1) + "'";
        }
        // A word after an unknown option is most likely its value.
        return WORD.matcher(first).matches()
                ? "Unmatched argument: '" + first + "'"
                : "Unmatched argument, which is not repeated here as it may hold a secret";
    }
}
