// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

/**
 * One use of a column in the mapping.
 *
 * @param entity the entity whose table has the column
 * @param at the place in the file
 */
public record ColumnUse(String entity, String column, Kind kind, Location at) {
    /** What the column is used for. */
    public enum Kind {
        /** Identifies a row. */
        ID(true),
        /** Identifies the owner of a row. */
        ISOLATE(true),
        /** Is part of a key. */
        KEY(true),
        /** Joins rows of two tables. */
        JOIN(true),
        /** Decides whether the row has a key. If its value is not known, the row counts as one that has. */
        CONDITION(false),
        /** Its change makes something stale. */
        COMPARED(false),
        /** Its change makes nothing stale. */
        IGNORED(false);

        private final boolean placing;

        Kind(boolean placing) {
            this.placing = placing;
        }

        /**
         * Whether the column decides which keys and tags a row affects. Without its old value, evictions would be
         * missed.
         */
        public boolean isPlacing() {
            return placing;
        }

        /** Whether planning reads the column of rows around a change. */
        public boolean isRead() {
            return placing || this == CONDITION;
        }

        /** Whether its values are compared with those of other rows, or with those that a reader puts into tags. */
        public boolean isMatched() {
            return placing && this != KEY;
        }
    }
}
