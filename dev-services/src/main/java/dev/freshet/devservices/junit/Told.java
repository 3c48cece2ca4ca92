// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Takes what a command tells of a person's mistake: something, without a stack trace and without a secret. */
public final class Told {
    /** What may stand in a command line, and must not come back. */
    public static final String SECRET = "hunter2";

    private final StringWriter printed = new StringWriter();
    private final PrintWriter writer = new PrintWriter(printed, true);

    /** For both streams of the command. */
    public PrintWriter writer() {
        return writer;
    }

    /**
     * Looks at what was told.
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

    /** Forgets what was told. */
    public void clear() {
        printed.getBuffer().setLength(0);
    }
}
