// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.List;

/**
 * A foreign key: columns of this row equal columns of another row.
 *
 * @param name the name that paths use
 * @param entity the entity that it points at
 * @param columns columns of this row
 * @param to columns of the other row, in the same order
 */
public record Reference(String name, String entity, List<String> columns, List<String> to, Location at) {
    public Reference {
        columns = List.copyOf(columns);
        to = List.copyOf(to);
    }
}
