// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.terminal;

import java.io.PrintStream;
import java.nio.charset.Charset;

/** The output: lines, and on a terminal one line that is overwritten. Thread-safe. */
public final class Screen {
    private static final int WIDTH = 110;
    private static final long PLAIN_EVERY_NANOS = 30_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private boolean transientLine;
    private long lastPlain = System.nanoTime();

    public Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** The launcher sets {@code -Dfreshet.terminal} if standard output is a terminal. */
    public static Screen ofProcess() {
        boolean terminal = System.getProperty("freshet.terminal") != null;
        var charset = Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
        return new Screen(new PrintStream(System.out, true, charset), terminal);
    }

    /** A permanent line. */
    public synchronized void line(String text) {
        if (transientLine) {
            out.print("\r\033[K");
            transientLine = false;
        }
        out.println(text);
    }

    /** A line that the next one replaces. Where that is not possible, prints a line from time to time. */
    public synchronized void live(String text) {
        if (terminal) {
            out.print("\r\033[K" + (text.length() > WIDTH ? text.substring(0, WIDTH) : text));
            out.flush();
            transientLine = true;
        } else if (System.nanoTime() - lastPlain > PLAIN_EVERY_NANOS) {
            lastPlain = System.nanoTime();
            out.println(text);
        }
    }
}
