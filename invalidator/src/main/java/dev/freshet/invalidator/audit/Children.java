// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import java.util.List;

/**
 * What is known of a row's children.
 *
 * @param young those that some snapshot that was asked for may not see
 * @param cut there are more than were looked at
 */
public record Children(List<Child> young, boolean cut) {
    public static final Children NONE = new Children(List.of(), false);

    public Children {
        young = List.copyOf(young);
    }

    /** One of them, by its own id. */
    public record Child(List<String> id, RowVersion version) {
        public Child {
            id = List.copyOf(id);
        }
    }
}
