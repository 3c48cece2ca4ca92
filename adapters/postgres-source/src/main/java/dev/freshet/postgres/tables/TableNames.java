// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.NamedTables;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Checks table names given by a user. */
public final class TableNames {
    private TableNames() {}

    /**
     * The problems of names that do not stand for a table whose changes can be published, in the order of the names.
     */
    public static List<String> problems(Connection connection, Collection<TableName> names) {
        var catalog = new JdbcCatalog(Jdbi.create(connection).open());
        return names.stream()
                .map(name -> NamedTables.problem(name, catalog.table(name), catalog))
                .flatMap(Optional::stream)
                .toList();
    }
}
