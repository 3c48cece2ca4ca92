// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.support.config.Environment;
import dev.freshet.support.config.ProcessEnd;
import dev.freshet.support.config.cli.CommandRunner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code freshet reader}: serves contexts until it is told to stop. */
@Command(
        name = "freshet reader",
        mixinStandardHelpOptions = true,
        description = "Serves contexts through the cache.",
        footer = {
            "",
            "Each option has an environment variable: FRESHET_JDBC_URL for --jdbc-url.",
            "Secrets have no option, only variables: FRESHET_JWT_SECRET, FRESHET_JDBC_PASSWORD,",
            "FRESHET_REDIS_PASSWORD, or FRESHET_JWT_SECRET_FILE, the name of a file that holds the secret."
        })
public final class ReaderMain implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    ReaderOptions options;

    /** @param environment for the secrets, which have no options */
    public ReaderMain(Environment environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        var environment = Environment.ofProcess();
        ProcessEnd.exit(CommandRunner.run(new ReaderMain(environment), environment, arguments));
    }

    @Override
    public Integer call() throws Exception {
        ReaderService.start(options, environment).runUntilStopped();
        return 0;
    }
}
