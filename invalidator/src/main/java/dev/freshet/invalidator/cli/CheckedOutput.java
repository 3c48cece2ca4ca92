// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Writes to a {@link PrintWriter}, and throws when that fails. A {@code PrintWriter} itself only remembers failures.
 */
public final class CheckedOutput extends FilterWriter {
    private final PrintWriter checked;

    public CheckedOutput(PrintWriter out) {
        super(out);
        checked = out;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        checked.write(text, from, length);
        check();
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        checked.write(text, from, length);
        check();
    }

    @Override
    public void write(int character) throws IOException {
        checked.write(character);
        check();
    }

    @Override
    public void flush() throws IOException {
        check();
    }

    /** Standard output is checked as well, as a writer around it does not see its failures. */
    private void check() throws IOException {
        if (checked.checkError() || System.out.checkError()) {
            throw new IOException("the output is full or closed");
        }
    }
}
