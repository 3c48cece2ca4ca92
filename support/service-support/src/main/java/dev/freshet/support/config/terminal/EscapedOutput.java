// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.terminal;

import java.io.PrintWriter;
import java.io.Writer;

/** Writes to another writer, with control characters shown; line breaks and tabs stay. See {@link Escapes#lines}. */
public final class EscapedOutput extends PrintWriter {
    private final PrintWriter beneath;

    public EscapedOutput(PrintWriter beneath) {
        super(
                new Writer() {
                    @Override
                    public void write(char[] text, int from, int length) {
                        write(new String(text, from, length));
                    }

                    @Override
                    public void write(String text, int from, int length) {
                        write(text.substring(from, from + length));
                    }

                    @Override
                    public void write(String text) {
                        beneath.write(Escapes.lines(text));
                    }

                    @Override
                    public void flush() {
                        beneath.flush();
                    }

                    @Override
                    public void close() {
                        beneath.close();
                    }
                },
                true);
        this.beneath = beneath;
    }

    /** Where control characters work, for what the program itself does at a terminal. */
    public static PrintWriter beneath(PrintWriter out) {
        return out instanceof EscapedOutput escaped ? escaped.beneath : out;
    }

    /** Also of the writer beneath, which only remembers its failures. */
    @Override
    public boolean checkError() {
        return super.checkError() | beneath.checkError();
    }
}
