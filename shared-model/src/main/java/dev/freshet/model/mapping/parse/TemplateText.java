// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.mapping.parse.StepResolver.PathException;
import java.util.ArrayList;
import java.util.List;

/** Splits a template into literal text and paths. */
final class TemplateText {
    record Piece(String text, boolean isPath) {}

    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private TemplateText(String text) {
        this.text = text;
    }

    static List<Piece> split(String text) throws PathException {
        return new TemplateText(text).split();
    }

    private List<Piece> split() throws PathException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '{' && c != '}' && c != '*') {
                literal.append(c);
            } else if (i + 1 < text.length() && text.charAt(i + 1) == c) {
                literal.append(c);
                i++;
            } else if (c == '{') {
                i = path(i);
            } else if (c == '*') {
                throw new PathException("'*' is no wildcard: keys are evicted by their whole name; expected {column} or"
                        + " {path.column} for what varies, or '**' for a star in the key");
            } else {
                throw new PathException("'}' without '{'; a brace in the key is written '}}'");
            }
        }
        endLiteral();
        return pieces;
    }

    /** Reads the path that starts at an index, and returns the index of its closing brace. */
    private int path(int open) throws PathException {
        for (int i = open + 1; i < text.length(); i++) {
            i = endOfQuotes(text, i);
            if (text.charAt(i) == '{') {
                break;
            }
            if (text.charAt(i) == '}') {
                endLiteral();
                pieces.add(new Piece(text.substring(open + 1, i), true));
                return i;
            }
        }
        throw new PathException("'{' is not closed by '}'; a brace in the key is written '{{'");
    }

    /** The index of the quote that closes the one at an index; the same index if there is none. */
    static int endOfQuotes(String text, int index) {
        char c = text.charAt(index);
        return c == '\'' || c == '"' ? Math.max(index, text.indexOf(c, index + 1)) : index;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            pieces.add(new Piece(literal.toString(), false));
            literal.setLength(0);
        }
    }
}
