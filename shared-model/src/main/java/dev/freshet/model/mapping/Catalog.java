// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.List;
import java.util.Optional;

/** What a database knows of its tables. */
@FunctionalInterface
public interface Catalog {
    /** The table of that name, if there is one that can be published: an ordinary or a partitioned table. */
    Optional<CatalogTable> table(TableName name);

    /**
     * Why what has that name cannot be mapped, though it is there: it is no table, or none whose changes are published.
     * To stand behind the name: {@code is a view; expected …}.
     */
    default Optional<String> obstacle(TableName name) {
        return Optional.empty();
    }

    /** Those that could be mapped, to find the one that was meant. */
    default List<TableName> tables() {
        return List.of();
    }
}
