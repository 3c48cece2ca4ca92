// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** The transactions that writers can commit, those of one row in the order in which they must follow each other. */
enum Change {
    CREATE_TASK(Row.TASK, "create the task in project 1"),
    UPDATE_FIRST(Row.FIRST, "update project 1"),
    UPDATE_FIRST_AGAIN(Row.FIRST, "update project 1 again"),
    UPDATE_SECOND(Row.SECOND, "update project 2"),
    MOVE_TASK(Row.TASK, "move the task to project 2"),
    DELETE_TASK(Row.TASK, "delete the task"),
    TRUNCATE_TASKS(Row.TASK, "truncate the tasks");

    final Row row;
    final String text;
    final int bit = 1 << ordinal();

    Change(Row row, String text) {
        this.row = row;
        this.text = text;
    }

    boolean in(int changes) {
        return (changes & bit) != 0;
    }

    /** Planned without knowing the rows: tags are found by what Redis has. */
    boolean byGlob() {
        return this == TRUNCATE_TASKS;
    }
}
