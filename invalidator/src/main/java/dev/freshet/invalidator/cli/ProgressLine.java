// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.support.config.terminal.EscapedOutput;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Rewrites one line of a terminal about once a second, starting after one second. Silent if there is no terminal. */
public final class ProgressLine {
    private static final long SECOND = 1_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private long next;
    private boolean shown;

    public ProgressLine(PrintWriter err, boolean terminal, LongSupplier nanoTime) {
        this.err = EscapedOutput.beneath(err);
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong() + SECOND;
    }

    public void at(long line) {
        if (terminal && (line & 0xFF) == 0 && nanoTime.getAsLong() - next >= 0) {
            next = nanoTime.getAsLong() + SECOND;
            shown = true;
            err.printf("\r%,d lines", line);
            err.flush();
        }
    }

    public void done() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
