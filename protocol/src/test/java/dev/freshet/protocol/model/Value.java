// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * The task's resolved view, as the set of changes that it shows: those of the rows that it was computed from. Two views
 * are the same if they show the same changes.
 */
final class Value {
    private static final int ALL = 1 << Change.values().length;
    private static final int[] ROWS = new int[ALL];
    private static final int[] SHOWN = new int[ALL];
    private static final String[] TEXT = new String[ALL];

    static {
        for (int seen = 0; seen < ALL; seen++) {
            ROWS[seen] = computeRows(seen);
            for (Change change : Change.values()) {
                if (change.in(seen) && change.row.in(ROWS[seen])) {
                    SHOWN[seen] |= change.bit;
                }
            }
            TEXT[seen] = describe(SHOWN[seen]);
        }
    }

    private Value() {}

    /** The view as a snapshot gives it that sees these changes. */
    static int of(int seen) {
        return SHOWN[seen];
    }

    /** What the view was computed from: the task and the project that it lies in, or the task that is not there. */
    static int rows(int value) {
        return ROWS[value];
    }

    static boolean isAbsent(int value) {
        return ROWS[value] == Row.TASK.bit;
    }

    /** Whether it lacks one of these changes, and would look different with it. */
    static boolean lacksAny(int value, int changes) {
        return SHOWN[value | changes] != value;
    }

    static String text(int value) {
        return TEXT[value];
    }

    private static int computeRows(int seen) {
        int rows = Row.TASK.bit;
        for (Change change : Change.values()) {
            if (change.in(seen) && change.row == Row.TASK) {
                rows = switch (change) {
                    case CREATE_TASK -> Row.TASK.bit | Row.FIRST.bit;
                    case MOVE_TASK -> Row.TASK.bit | Row.SECOND.bit;
                    default -> Row.TASK.bit;
                };
            }
        }
        return rows;
    }

    private static String describe(int value) {
        if (isAbsent(value)) {
            return "no task";
        }
        var text = new StringBuilder(Row.SECOND.in(ROWS[value]) ? "task in project 2" : "task in project 1");
        for (Change change : Change.values()) {
            if (change.in(value) && change.row != Row.TASK) {
                text.append(", after '").append(change.text).append('\'');
            }
        }
        return text.toString();
    }
}
