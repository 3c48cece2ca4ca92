// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import java.util.StringJoiner;

/** The rows that an entry can be computed from. A row is purged by the tag of its own. Sets of them are bits. */
enum Row {
    TASK("task"),
    FIRST("project 1"),
    SECOND("project 2");

    static final int NO_ROWS = 0;
    static final int ALL_ROWS = 7;

    private static final String[] TEXTS = new String[8];

    static {
        for (int rows = 0; rows < TEXTS.length; rows++) {
            var names = new StringJoiner(" and ");
            for (Row row : values()) {
                if (row.in(rows)) {
                    names.add(row.text);
                }
            }
            TEXTS[rows] = names.toString();
        }
    }

    final String text;
    final int bit = 1 << ordinal();

    Row(String text) {
        this.text = text;
    }

    static String text(int rows) {
        return TEXTS[rows];
    }

    boolean in(int rows) {
        return (rows & bit) != 0;
    }
}
