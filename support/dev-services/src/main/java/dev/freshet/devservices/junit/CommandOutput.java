// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Captures what a command prints about a user's mistake, and checks it: a message, without a stack trace and without a
 * secret.
 */
public final class CommandOutput {
    /** A secret that tests put on the command line and that must not be printed. */
    public static final String SECRET = "hunter2";

    private final StringWriter printed = new StringWriter();
    private final PrintWriter writer = new PrintWriter(printed, true);

    /** Writer for both outputs of the command. */
    public PrintWriter writer() {
        return writer;
    }

    /**
     * Checks what was printed so far.
     *
     * @return the exit code
     */
    public int ended(int exitCode) {
        var text = text();
        if (text.isBlank() || text.contains("\tat ") || text.contains(SECRET)) {
            throw new AssertionError(
                    "expected a message without a trace and without a secret, but this was told: " + text);
        }
        return exitCode;
    }

    public String text() {
        return printed.toString();
    }

    /** Discards what was printed so far. */
    public void clear() {
        printed.getBuffer().setLength(0);
    }
}
