// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.protocol;

/** The rows that an entry can be computed from. A row is purged by the tag of its own. Sets of them are bits. */
enum Row {
    TASK("task"),
    FIRST("project 1"),
    SECOND("project 2");

    static final int NO_ROWS = 0;

    final String text;
    final int bit = 1 << ordinal();

    Row(String text) {
        this.text = text;
    }

    boolean in(int rows) {
        return (rows & bit) != 0;
    }
}
