// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import dev.freshet.model.mapping.ColumnSet;
import java.util.List;

/**
 * Some columns of a table, in alphabetical order.
 *
 * @param except true if all columns but these are meant
 */
public record Columns(boolean except, List<String> names) {
    public Columns {
        names = names.stream().distinct().sorted().toList();
    }

    static Columns of(ColumnSet columns) {
        return new Columns(columns.exclusive(), List.copyOf(columns.names()));
    }
}
