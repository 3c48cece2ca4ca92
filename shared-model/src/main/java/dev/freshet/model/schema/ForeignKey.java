// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.schema;

import dev.freshet.model.mapping.TableName;
import java.util.List;

/**
 * A foreign key of a table.
 *
 * @param name of the constraint
 * @param columns columns of the table
 * @param target the table that it refers to
 * @param to columns of the target, in the same order
 */
public record ForeignKey(String name, TableName table, List<String> columns, TableName target, List<String> to) {
    public ForeignKey {
        columns = List.copyOf(columns);
        to = List.copyOf(to);
    }
}
