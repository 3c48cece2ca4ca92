// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import dev.freshet.support.config.Environment;
import dev.freshet.support.config.ProcessEnd;
import dev.freshet.support.config.cli.CommandRunner;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;

/** The command {@code freshet writer}. */
@Command(
        name = "freshet writer",
        mixinStandardHelpOptions = true,
        description = "Accepts writes over HTTP and stores contexts in PostgreSQL. Default command: serve.",
        subcommands = {
            ServeCommand.class,
            MigrateCommand.class,
            RebuildCommand.class,
            VerifyCommand.class,
            TokenCommand.class
        })
public final class WriterMain {
    private static final Set<String> OF_ITS_OWN = Set.of("-h", "--help", "-V", "--version");

    public static void main(String[] arguments) {
        ProcessEnd.exit(CommandRunner.run(new WriterMain(), Environment.ofProcess(), withDefault(arguments)));
    }

    /** {@code writer --port 0} means {@code writer serve --port 0}. */
    static String[] withDefault(String... arguments) {
        var list = List.of(arguments);
        boolean serves = list.isEmpty() || (list.get(0).startsWith("-") && !OF_ITS_OWN.contains(list.get(0)));
        if (!serves) {
            return arguments;
        }
        var longer = Arrays.copyOf(new String[] {"serve"}, arguments.length + 1);
        System.arraycopy(arguments, 0, longer, 1, arguments.length);
        return longer;
    }
}
