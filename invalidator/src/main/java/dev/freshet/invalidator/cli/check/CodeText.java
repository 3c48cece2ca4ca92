// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Codes;
import dev.freshet.model.finding.Explanation;

/** Codes in words, for a terminal. */
final class CodeText {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";

    private CodeText() {}

    /** One line for each code. */
    static String list() {
        var text = new StringBuilder();
        for (Code code : Codes.all()) {
            text.append("%-6s %-8s %-9s %s%n"
                    .formatted(
                            code.id(),
                            code.severity(),
                            code.layer(),
                            code.explanation().title()));
        }
        return text.append("%n'freshet help CODE' explains one.%n".formatted()).toString();
    }

    static String of(Code code) {
        Explanation words = code.explanation();
        var text = new StringBuilder("%s    %s, %s%n".formatted(code.id(), code.severity(), code.layer()));
        text.append("%n%s%n%nexpected%n".formatted(words.title()));
        paragraph(words.expected(), text);
        text.append("%nwhat it means%n".formatted());
        paragraph(words.meaning(), text);
        text.append("%nif it stays%n".formatted());
        paragraph(words.danger(), text);
        text.append("%nwhat to do%n".formatted());
        paragraph(words.action(), text);
        return text.toString();
    }

    private static void paragraph(String words, StringBuilder text) {
        var line = new StringBuilder(INDENT);
        for (String word : words.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                text.append(line.toString().stripTrailing()).append(System.lineSeparator());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
}
