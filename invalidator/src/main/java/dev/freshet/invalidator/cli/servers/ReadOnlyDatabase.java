// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.servers;

import dev.freshet.core.cache.Owner;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.tables.JdbcCatalog;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The application's database, read over one connection that cannot write. One thread. */
public final class ReadOnlyDatabase implements AutoCloseable {
    private static final String READ_ONLY =
            "SET default_transaction_read_only = on; SET statement_timeout = '30s'; SET lock_timeout = '5s'";

    private final Connection connection;
    private final Map<TableName, Optional<CatalogTable>> tables = new HashMap<>();

    private ReadOnlyDatabase(Connection connection) {
        this.connection = connection;
    }

    /** @param purpose what it is used for, as PostgreSQL shows it */
    public static ReadOnlyDatabase open(JdbcSettings settings, String purpose) throws SQLException {
        Connection connection = new PostgresConnections(settings).open(purpose);
        try (var statement = connection.createStatement()) {
            statement.execute(READ_ONLY);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new ReadOnlyDatabase(connection);
    }

    /** The connection, for queries of other kinds. Closed with this. */
    public Connection connection() {
        return connection;
    }

    /** The tables and their columns. Each is asked for once. */
    public Catalog catalog() {
        var catalog = new JdbcCatalog(Jdbi.create(connection).open());
        return name -> tables.computeIfAbsent(name, catalog::table);
    }

    /** Which keys the templates can have made. */
    public KeyPatterns patterns(Mapping mapping) {
        return new MappedDatabase(mapping).patterns(connection, List.of());
    }

    /** @param mapping may be reduced to one template */
    public Relations relations(Mapping mapping) {
        return new MappedDatabase(mapping).relations(connection);
    }

    /** The database as an owner of namespaces; its slot is empty. */
    public Owner owner() throws SQLException {
        return new Owner(JdbcServerIdentity.systemIdentifier(connection), JdbcServerIdentity.database(connection), "");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
