// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The output of the tour. Colours and lines that overwrite themselves are used only on a terminal ({@code NO_COLOR} is
 * respected). Without UTF-8, the output is plain ASCII. Thread-safe.
 */
public final class Console {
    private static final int WIDEST = 100;
    private static final int NARROWEST = 40;

    private final PrintStream out;
    private final Style style;
    private final int width;
    private final boolean terminal;
    private boolean transientLine;

    Console(PrintStream out, Style style, int width, boolean terminal) {
        this.out = out;
        this.style = style;
        this.width = Math.max(NARROWEST, Math.min(WIDEST, width));
        this.terminal = terminal;
    }

    /**
     * The console of this process. In {@code -Dfreshet.terminal} the launcher says that standard output is a terminal,
     * and how wide it is. Without the property, the JVM's own detection is used.
     */
    public static Console ofProcess(Map<String, String> environment) {
        var told = System.getProperty("freshet.terminal");
        var terminal = (told != null || System.console() != null)
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        var width = told != null && told.matches("\\d{1,4}") ? Integer.parseInt(told) : 80;
        var charset = Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
        var colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        var stream = new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset);
        return new Console(stream, new Style(colour, charset.equals(StandardCharsets.UTF_8)), width, terminal);
    }

    public Style style() {
        return style;
    }

    public void line(String text) {
        emit(text);
    }

    public void blank() {
        emit("");
    }

    /** A heading, with a blank line above. */
    public void heading(String text) {
        emit("");
        emit(style.bold(text));
    }

    /** Prose, wrapped to the width of the terminal. */
    public void prose(String text) {
        for (var line : Text.wrap(text, width - 2)) {
            emit("  " + line);
        }
    }

    /** Machine text, such as a statement or a response. Long lines are truncated to keep the layout. */
    public void quote(String text) {
        for (var line : text.split("\n")) {
            emit("    " + style.dim(style.plain(Text.cut(line, width - 4))));
        }
    }

    /** A name and a value, in two columns. */
    public void fact(String name, String value) {
        var lines = Text.wrap(value, Math.max(20, width - 18));
        for (int i = 0; i < lines.size(); i++) {
            emit("    " + style.cyan(Text.pad(i == 0 ? name : "", 12)) + "  " + lines.get(i));
        }
    }

    public void check(boolean ok, String text) {
        var lines = Text.wrap(text, width - 4);
        for (int i = 0; i < lines.size(); i++) {
            var mark = i > 0 ? " " : ok ? style.green(style.tick()) : style.red(style.cross());
            emit("  " + mark + " " + lines.get(i));
        }
    }

    public void error(String text) {
        emit(style.red(text));
    }

    /** A line that the next output replaces; only on a terminal. */
    public synchronized void live(String text) {
        if (terminal) {
            out.print("\r\033[K" + style.dim(style.plain(Text.cut(text, width - 1))));
            out.flush();
            transientLine = true;
        }
    }

    private synchronized void emit(String text) {
        if (transientLine) {
            out.print("\r\033[K");
            transientLine = false;
        }
        out.println(style.plain(text));
        out.flush();
    }
}
