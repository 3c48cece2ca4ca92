// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.console;

/**
 * Colours and characters of a terminal.
 *
 * @param colour whether it supports colours
 * @param unicode whether it displays more than ASCII
 */
public record Style(boolean colour, boolean unicode) {

    public String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String red(String text) {
        return paint("31;1", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String cyan(String text) {
        return paint("36", text);
    }

    String tick() {
        return unicode ? "✓" : "ok";
    }

    String cross() {
        return unicode ? "✗" : "FAILED";
    }

    /** The text, limited to characters that the terminal can display. */
    String plain(String text) {
        return unicode
                ? text
                : text.replace("→", "->")
                        .replace("…", "...")
                        .replace("·", "-")
                        .replace("≤", "<=")
                        .replace("█", "#")
                        .replace("░", ".");
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
