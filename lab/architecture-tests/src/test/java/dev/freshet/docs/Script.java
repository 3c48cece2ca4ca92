// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import java.util.ArrayList;
import java.util.List;

/** Splits a shell script into commands: quotes, comments, lines that go on; nothing is substituted. */
final class Script {
    private static final String ENDS = "\n;|&()";
    private static final String VARIABLE = "[A-Za-z_]\\w*=.*";

    private final List<List<String>> commands = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;

    private Script() {}

    /** The words of each command, without their quotes, and without variables that are set for it alone. */
    static List<List<String>> commands(String script) {
        var parts = new Script();
        parts.split(script);
        return parts.commands;
    }

    private void split(String script) {
        char quote = 0;
        for (int i = 0; i < script.length(); i++) {
            char c = script.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == '\\' && i + 1 < script.length()) {
                i++;
                if (script.charAt(i) != '\n') {
                    add(script.charAt(i));
                }
            } else if (c == '#' && !inWord) {
                int end = script.indexOf('\n', i);
                i = (end < 0 ? script.length() : end) - 1;
            } else if (ENDS.indexOf(c) >= 0) {
                endCommand();
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                add(c);
            }
        }
        endCommand();
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }

    private void endCommand() {
        endWord();
        while (words.size() > 1 && words.get(0).matches(VARIABLE)) {
            words.remove(0);
        }
        if (!words.isEmpty()) {
            commands.add(List.copyOf(words));
        }
        words.clear();
    }
}
