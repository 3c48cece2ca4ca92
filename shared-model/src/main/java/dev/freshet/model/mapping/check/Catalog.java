// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.mapping.TableName;
import java.util.List;
import java.util.Optional;

/** The tables of a database. */
@FunctionalInterface
public interface Catalog {
    /** The table with that name, if it can be published, which means that it is an ordinary or a partitioned table. */
    Optional<CatalogTable> table(TableName name);

    /**
     * Why the object with that name cannot be mapped: it exists, but it is not a table or its changes are not
     * published. The text completes a sentence that starts with the name: {@code is a view; expected …}.
     */
    default Optional<String> obstacle(TableName name) {
        return Optional.empty();
    }

    /** The tables that could be mapped. Used to suggest the table that was meant. */
    default List<TableName> tables() {
        return List.of();
    }
}
