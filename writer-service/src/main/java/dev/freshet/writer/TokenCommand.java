// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.http.auth.InvalidTokenException;
import dev.freshet.support.http.auth.Tokens;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet writer token}: issues a bearer token, as an identity provider would. For trying things out. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a bearer token for a user, signed with FRESHET_JWT_SECRET (or FRESHET_JWT_SECRET_FILE).",
            "Writer and reader accept it if they have the same secret. Whoever has it acts as that user until it ends."
        },
        footerHeading = "%nExample:%n",
        footer = "  curl -H \"Authorization: Bearer $(freshet token u1)\" http://127.0.0.1:8082/v1/projects")
final class TokenCommand implements Callable<Integer> {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(366);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "USER", description = "The user's id, 1 to 200 characters.")
    private String user;

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "For how long it is valid, 1s to 8784h (a year). Default: ${DEFAULT-VALUE}.")
    private Duration valid;

    @Override
    public Integer call() {
        try {
            spec.commandLine().getOut().println(issue(user, valid, Environment.ofProcess()));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (InvalidTokenException e) {
            throw new ParameterException(spec.commandLine(), "no token for this user: " + e.getMessage());
        }
    }

    /** @throws InvalidTokenException if the services would refuse the token, because of the user in it */
    static String issue(String user, Duration valid, Environment environment) throws InvalidTokenException {
        if (valid.compareTo(LEAST) < 0 || valid.compareTo(MOST) > 0) {
            throw ConfigException.bad("--valid", valid.toMillis() + "ms", "1s to 8784h");
        }
        var tokens = Tokens.from(environment);
        String token = tokens.issue(user, valid);
        tokens.userOf(token);
        return token;
    }
}
