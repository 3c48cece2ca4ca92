// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.support.config.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code freshet bench}. */
@Command(
        name = "freshet bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ConsistencyCommand.class, PlanCommand.class, WalCommand.class},
        description = "Measures what Freshet promises, against real servers and processes on this machine.")
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchMain()).setParameterExceptionHandler(Refusal::tell);
    }
}
