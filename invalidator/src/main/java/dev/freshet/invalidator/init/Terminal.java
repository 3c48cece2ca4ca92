// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import dev.freshet.support.config.terminal.EscapedOutput;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Shows how far the work is: rewrites one line of a terminal, once a second. Silent if there is no terminal. */
final class Terminal {
    private static final long SECOND = 1_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private long next;
    private boolean shown;

    Terminal(PrintWriter err, boolean terminal, LongSupplier nanoTime) {
        this.err = EscapedOutput.beneath(err);
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong() + SECOND;
    }

    void show(String line) {
        if (terminal && nanoTime.getAsLong() - next >= 0) {
            next = nanoTime.getAsLong() + SECOND;
            shown = true;
            err.print("\r" + line);
            err.flush();
        }
    }

    /** Clears the line. */
    void done() {
        if (shown) {
            shown = false;
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
