// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.look;

import dev.freshet.core.gate.Snapshot;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SourceException;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.tables.JdbcCatalog;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.postgres.visibility.OlderTransactions;
import dev.freshet.protocol.Coverage;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.Driver;

/**
 * One connection to the primary, in autocommit: each call sees the database as it is then. Every method throws a
 * {@link SourceException} if the database does not answer; open another then. One thread.
 */
public final class DatabaseLook implements AutoCloseable {
    private final Connection connection;
    private final MappedDatabase view;
    private final JdbcCatalog catalog;

    private DatabaseLook(Connection connection, Mapping mapping) {
        this.connection = connection;
        this.view = new MappedDatabase(mapping);
        this.catalog = new JdbcCatalog(Jdbi.create(connection).open());
    }

    /**
     * @param purpose shows as {@code application_name freshet <purpose>}
     * @param patience after which a server that does not answer a statement is considered gone
     */
    public static DatabaseLook open(JdbcSettings database, Mapping mapping, String purpose, Duration patience) {
        requireDriver();
        return asked(() -> new DatabaseLook(new PostgresConnections(database).open(purpose, patience), mapping));
    }

    /** Where class loaders are nested, nobody else may have loaded it from ours. */
    private static void requireDriver() {
        if (!Driver.isRegistered()) {
            asked(() -> {
                Driver.register();
                return null;
            });
        }
    }

    public ServerIdentity server() {
        return asked(() -> JdbcServerIdentity.read(connection));
    }

    /** Its name. */
    public String database() {
        return asked(() -> JdbcServerIdentity.database(connection));
    }

    /** Where the mapping does not fit the tables, with the statements that fix it. */
    public List<Shortcoming> shortcomings() {
        return asked(() -> view.shortcomings(connection));
    }

    /** Which tags are purged by changes of the tables. */
    public Coverage coverage() {
        return asked(() -> view.coverage(connection));
    }

    /** @param others templates of another mapping, whose keys are searched for as well */
    public KeyPatterns patterns(Collection<KeyRule> others) {
        return asked(() -> view.patterns(connection, others));
    }

    /** The table of that name; empty if there is none. */
    public Optional<CatalogTable> table(TableName name) {
        return asked(() -> catalog.table(name));
    }

    /** The current snapshot. */
    public Snapshot snapshot() {
        return asked(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
                row.next();
                return Snapshot.parse(row.getString(1));
            }
        });
    }

    /**
     * Waits until every transaction that has an id by now has ended and is visible to new snapshots if it committed.
     *
     * @param waiting called before each wait, with what it waits for; an exception of it ends the wait
     */
    public void awaitOlderTransactions(Consumer<String> waiting) throws InterruptedException {
        try {
            OlderTransactions.awaitEnd(connection, waiting);
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }

    /** Does not wait for an answer that is still due. */
    @Override
    public void close() {
        asked(() -> {
            connection.abort(Runnable::run);
            return null;
        });
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException | JdbiException e) {
            throw new SourceException(e);
        }
    }
}
