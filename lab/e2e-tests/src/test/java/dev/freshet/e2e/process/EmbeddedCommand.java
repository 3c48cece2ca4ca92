// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.process;

import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import dev.freshet.writer.WriterMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;

/**
 * A command of the writer or of the invalidator, run in this JVM in a tenth of the time: for tests of what it does, not
 * of how the launcher starts it. Options come from the words and the given variables; a password has to be part of its
 * address, as passwords are read from the environment of the process.
 */
public final class EmbeddedCommand {
    private EmbeddedCommand() {}

    /** Runs {@code ./freshet} with these words until the command ends. */
    public static Command.Result run(Map<String, String> variables, String... words) {
        var output = new StringWriter();
        var errors = new StringWriter();
        var line = CommandRunner.commandLine(program(words[0]), new Environment(variables))
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true));
        int code = line.execute(Arrays.copyOfRange(words, 1, words.length));
        return new Command.Result(String.join(" ", words), code, output.toString(), errors.toString());
    }

    private static Object program(String word) {
        return switch (word) {
            case "writer" -> new WriterMain();
            case "invalidator" -> new InvalidatorMain();
            default -> throw new IllegalArgumentException(word + " is not one of writer and invalidator");
        };
    }
}
