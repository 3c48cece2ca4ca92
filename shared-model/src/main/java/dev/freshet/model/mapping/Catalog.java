// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.Optional;

/** What a database knows of its tables. */
@FunctionalInterface
public interface Catalog {
    /** The table of that name, if there is one that can be published: an ordinary or a partitioned table. */
    Optional<CatalogTable> table(TableName name);
}
