// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.core.cache.Owner;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.tables.JdbcCatalog;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The application's database, read over one connection that cannot write. One thread. */
final class MappedRows implements AutoCloseable {
    private static final String READ_ONLY =
            "SET default_transaction_read_only = on; SET statement_timeout = '30s'; SET lock_timeout = '5s'";

    private final Connection connection;

    private MappedRows(Connection connection) {
        this.connection = connection;
    }

    static MappedRows open(JdbcSettings settings) throws SQLException {
        Connection connection = new PostgresConnections(settings).open("evict");
        try (var statement = connection.createStatement()) {
            statement.execute(READ_ONLY);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new MappedRows(connection);
    }

    Catalog catalog() {
        return new JdbcCatalog(Jdbi.create(connection).open());
    }

    KeyPatterns patterns(Mapping mapping) {
        return new MappedDatabase(mapping).patterns(connection, List.of());
    }

    /** @param mapping may be reduced to one template */
    Relations relations(Mapping mapping) {
        return new MappedDatabase(mapping).relations(connection);
    }

    /** The database as an owner of namespaces; its slot is empty. */
    Owner owner() throws SQLException {
        return new Owner(JdbcServerIdentity.systemIdentifier(connection), JdbcServerIdentity.database(connection), "");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
