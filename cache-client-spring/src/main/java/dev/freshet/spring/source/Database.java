// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.source;

import dev.freshet.cache.SourceDatabase;
import dev.freshet.cache.WalPosition;
import dev.freshet.spring.PositionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The application's PostgreSQL: which one it is, and how far it has got. Thread-safe. */
final class Database implements PositionSource {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private static final String MAY_ASK = "select has_function_privilege('pg_control_system()', 'execute')";

    /** The snapshot comes first: no commit that it shows lies after the position. */
    private static final String PLACE = "select pg_current_snapshot()::text, current_database(),"
            + " (case when not pg_is_in_recovery() then pg_current_wal_insert_lsn() end)::text, %s";

    private static final String SYSTEM = "(select system_identifier::text from pg_control_system())";
    private static final String UNKNOWN = "null::text";

    private final DataSource dataSource;
    /** Null until it is known. */
    private volatile String place;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The place of a transaction in the database's history; {@code database} is null if the role may not ask for it. */
    record Place(WalPosition position, String lsn, String snapshot, SourceDatabase database) {}

    /** Whether statements of this thread go to the database of the transaction that it is in. */
    boolean isBound() {
        return TransactionSynchronizationManager.hasResource(dataSource);
    }

    /** Empty if the database does not answer, or is none that could. It does not matter whether the thread is in a transaction. */
    @Override
    public Optional<WalPosition> now() {
        try {
            return Optional.of(place().position());
        } catch (RuntimeException e) {
            LOG.warn("a write cannot tell its position, so reads after it are loaded: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** @throws IllegalStateException if it is a standby, which may be behind what was evicted */
    Place place() {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return place(connection);
        } catch (SQLException e) {
            var translated = new SQLStateSQLExceptionTranslator().translate("asking for the position", null, e);
            throw translated == null
                    ? new IllegalStateException("the database did not tell its position", e)
                    : translated;
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private Place place(Connection connection) throws SQLException {
        if (place == null) {
            place = PLACE.formatted(mayAsk(connection) ? SYSTEM : UNKNOWN);
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(place)) {
            row.next();
            String lsn = row.getString(3);
            if (lsn == null) {
                throw new IllegalStateException(
                        "the application's database is a standby, which may be behind what was evicted;"
                                + " expected the primary: set spring.datasource.url to it, or spring.cache.type=none");
            }
            String system = row.getString(4);
            return new Place(
                    WalPosition.of(system == null ? lsn : lsn + "@" + system),
                    lsn,
                    row.getString(1),
                    system == null ? null : new SourceDatabase(system, row.getString(2)));
        }
    }

    private static boolean mayAsk(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
            throw new IllegalStateException(
                    "the application's DataSource is of " + product
                            + "; expected PostgreSQL, whose changes the invalidator reads. For tests on another one: spring.cache.type=none");
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(MAY_ASK)) {
            row.next();
            boolean may = row.getBoolean(1);
            if (!may) {
                LOG.warn(
                        "the role of the application may not call pg_control_system(), so nobody checks that the invalidator"
                                + " works on the same database; an administrator can fix that:"
                                + " GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO the application's role");
            }
            return may;
        }
    }
}
