// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.rows.Relations;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.tables.JdbcCatalog;
import dev.freshet.postgres.tables.KeyQuery;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The application's database, read over one connection that cannot write. One thread. */
final class Database implements AutoCloseable {
    private static final String READ_ONLY =
            "SET default_transaction_read_only = on; SET statement_timeout = '30s'; SET lock_timeout = '5s'";

    private final Connection connection;
    private final Map<TableName, Optional<CatalogTable>> tables = new HashMap<>();

    private Database(Connection connection) {
        this.connection = connection;
    }

    static Database open(JdbcSettings settings) throws SQLException {
        Connection connection = new PostgresConnections(settings).open("explain");
        try (var statement = connection.createStatement()) {
            statement.execute(READ_ONLY);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new Database(connection);
    }

    /** The types of the columns. They are asked for once. */
    Catalog catalog() {
        var catalog = new JdbcCatalog(Jdbi.create(connection).open());
        return name -> tables.computeIfAbsent(name, catalog::table);
    }

    KeyQuery.Found rows(KeyQuery query) throws SQLException {
        return query.run(connection);
    }

    /** @param mapping may be reduced to one template */
    Relations relations(Mapping mapping) {
        return new MappedDatabase(mapping).relations(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
