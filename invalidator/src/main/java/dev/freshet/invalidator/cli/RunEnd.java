// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.source.SetupException;
import dev.freshet.invalidator.run.start.RefusedException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * How a run ended that does not go on by itself.
 *
 * @param code of the process
 * @param lines for people
 */
record RunEnd(int code, List<String> lines) {
    /** Exit code of an instance that may not run as configured. Not 3, which Java uses when memory runs out. */
    static final int REFUSED = 5;

    static RunEnd of(SetupException lacking) {
        return new RunEnd(
                CommandLine.ExitCode.SOFTWARE,
                List.of(
                        "The database setup is incomplete. Below each line is what an administrator must run:",
                        lacking.getMessage()));
    }

    static RunEnd of(UnreadableException changes) {
        return new RunEnd(
                CommandLine.ExitCode.SOFTWARE,
                List.of(
                        changes.getMessage(),
                        "None of it was acknowledged. Start with --on-unreadable=purge to purge the namespace and"
                                + " continue after it, or fix the cause named above."));
    }

    static RunEnd of(RefusedException refused) {
        return new RunEnd(REFUSED, List.of("refused: " + refused.getMessage()));
    }

    /** Prints the lines. Returns the code. */
    int told(PrintWriter err) {
        lines.forEach(err::println);
        return code;
    }
}
