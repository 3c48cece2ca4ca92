// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.List;

/**
 * A foreign key: the row's columns equal the other row's.
 *
 * @param name by which paths call it
 * @param entity the entity it points at
 * @param columns of the row itself
 * @param to columns of the row it points at, in the same order
 */
public record Reference(String name, String entity, List<String> columns, List<String> to, Location at) {
    public Reference {
        columns = List.copyOf(columns);
        to = List.copyOf(to);
    }
}
