// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.rows;

import java.util.List;

/**
 * What is known about a row's children.
 *
 * @param young the children whose current version may be invisible to one of the snapshots in question
 * @param cut whether there are more children than were looked at
 */
public record ListedRows(List<Child> young, boolean cut) {
    public static final ListedRows NONE = new ListedRows(List.of(), false);

    public ListedRows {
        young = List.copyOf(young);
    }

    /** One child, by its own id. */
    public record Child(List<String> id, RowVersion version) {
        public Child {
            id = List.copyOf(id);
        }
    }
}
