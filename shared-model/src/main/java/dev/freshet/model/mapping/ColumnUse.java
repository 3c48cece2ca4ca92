// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

/**
 * One mention of a column by the mapping.
 *
 * @param entity whose table has the column
 * @param at where the mention stands
 */
public record ColumnUse(String entity, String column, Kind kind, Location at) {
    /** What the column is needed for. */
    public enum Kind {
        /** Tells rows apart. */
        ID(true),
        /** Tells owners apart. */
        ISOLATE(true),
        /** Stands in a key. */
        KEY(true),
        /** Leads to other rows. */
        JOIN(true),
        /** Its change makes something stale. */
        COMPARED(false),
        /** Its change makes nothing stale. */
        IGNORED(false);

        private final boolean placing;

        Kind(boolean placing) {
            this.placing = placing;
        }

        /** Whether it decides which keys and tags a row touches: without its old value, evictions would be missed. */
        public boolean isPlacing() {
            return placing;
        }

        /** Whether its values are held against those of other rows, or against what a reader names in tags. */
        boolean isMatched() {
            return placing && this != KEY;
        }
    }
}
