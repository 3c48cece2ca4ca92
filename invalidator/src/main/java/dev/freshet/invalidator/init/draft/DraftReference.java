// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.Reference;
import java.util.List;

/**
 * A reference that follows a foreign key.
 *
 * @param to columns of the other entity, in the order of the columns
 * @param toId whether these are its id, in its order
 */
public record DraftReference(String name, String entity, List<String> columns, List<String> to, boolean toId) {
    public DraftReference {
        columns = List.copyOf(columns);
        to = List.copyOf(to);
    }

    /** Whether a reference of a mapping follows the same columns, under whatever name. */
    public boolean isAs(Reference other) {
        return entity.equals(other.entity()) && columns.equals(other.columns()) && to.equals(other.to());
    }
}
