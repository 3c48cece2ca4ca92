// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line. What stands there in vain may be a secret, and is quoted only if it is a name. */
public final class Refusal {
    private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z0-9-]*|-[A-Za-z]).*", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,19}");

    private Refusal() {}

    /** Prints it, with what may have been meant or how the command is used; the exit code. */
    public static int tell(ParameterException refused, String... arguments) {
        var line = refused.getCommandLine();
        var err = line.getErr();
        err.println(line.getColorScheme().errorText(message(refused)));
        if (!UnmatchedArgumentException.printSuggestions(refused, err)) {
            line.usage(err, line.getColorScheme());
        }
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String message(ParameterException refused) {
        return refused instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched.getUnmatched())
                : Redaction.of(refused.getMessage());
    }

    private static String unmatched(List<String> words) {
        var first = words.get(0);
        var option = OPTION.matcher(first);
        if (option.matches()) {
            return "Unknown option: '" + option.group(1) + "'";
        }
        // A word behind an option that is not known is most likely its value.
        return WORD.matcher(first).matches()
                ? "Unmatched argument: '" + first + "'"
                : "Unmatched argument, which is not repeated here as it may hold a secret";
    }
}
