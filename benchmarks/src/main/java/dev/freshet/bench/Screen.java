// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import java.io.PrintStream;
import java.nio.charset.Charset;

/** What people see: lines, and on a terminal one that is written over. Thread-safe. */
final class Screen {
    private static final int WIDTH = 110;
    private static final long PLAIN_EVERY_NANOS = 30_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private boolean transientLine;
    private long lastPlain = System.nanoTime();

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** The launcher tells in {@code -Dfreshet.terminal} whether standard output is a terminal. */
    static Screen ofProcess() {
        boolean terminal = System.getProperty("freshet.terminal") != null;
        var charset = Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
        return new Screen(new PrintStream(System.out, true, charset), terminal);
    }

    /** A line that stays. */
    synchronized void line(String text) {
        if (transientLine) {
            out.print("\r\033[K");
            transientLine = false;
        }
        out.println(text);
    }

    /** A line that the next one replaces; where nothing can be replaced, one now and then. */
    synchronized void live(String text) {
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
