// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.database;

import dev.freshet.model.mapping.NamedTables;
import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Names of tables that somebody gave. */
public final class TableNames {
    private TableNames() {}

    /** Why some of them stand for no table whose changes are published, in their order. */
    public static List<String> problems(Connection connection, Collection<TableName> names) {
        var catalog = new JdbcCatalog(Jdbi.create(connection).open());
        return names.stream()
                .map(name -> NamedTables.problem(name, catalog.table(name), catalog))
                .flatMap(Optional::stream)
                .toList();
    }
}
