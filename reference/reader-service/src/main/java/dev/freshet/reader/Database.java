// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.SourceDatabase;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.jdbc.ConnectionPool;
import dev.freshet.support.jdbc.Outage;
import dev.freshet.support.jdbc.PoolSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * PostgreSQL's primary, read-only. Each read runs for one user, in a transaction that names the user to row-level
 * security. A standby is refused: nothing waits for it, so it may be behind what has been evicted. Waits are short and
 * bounded. Thread-safe.
 */
final class Database implements AutoCloseable {
    private static final PoolSettings POOL = new PoolSettings(
            "reader", 10, Duration.ofSeconds(2), Duration.ofSeconds(10), "-c statement_timeout=5s", true);

    /** The most loads at a time. Any more would wait for a connection in vain. */
    static final int LOADS = 4 * POOL.connections();

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** The first statement of a transaction. It takes the snapshot before it reads the WAL position. */
    private static final String BEGIN = """
            select set_config('freshet.user', :user, true), pg_current_snapshot()::text as snapshot,
                (case when not pg_is_in_recovery() then pg_current_wal_insert_lsn() end)::text as position,
                (select system_identifier::text from pg_control_system()) as system, current_database() as database
            """;

    private static final String STANDBY = "is a standby, which may be behind what was evicted; expected the primary";

    private static final String PROBLEMS =
            "select pg_is_in_recovery() as standby, has_function_privilege('pg_control_system()', 'execute') as \"mayAsk\"";

    private static final String DENIED = "does not let this role ask which cluster it is; an administrator can fix"
            + " that: GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO the reader's role";

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /** The WAL position, the snapshot and the database of a transaction. The position is null on a standby. */
    private record Place(String position, String snapshot, SourceDatabase database) {}

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** Does not fail if PostgreSQL is down: cached values can be served meanwhile. */
    static Database open(JdbcSettings settings, MeterRegistry metrics) {
        var pool = ConnectionPool.open(settings, POOL);
        pool.setMetricRegistry(metrics);
        return new Database(pool);
    }

    /**
     * Reads as a user, everything from one snapshot.
     *
     * @return what was read, with its WAL position, snapshot and database
     * @throws ApiException 503 if the database does not answer, or is a standby
     */
    <T> Loaded<T> readAs(String user, Function<Handle, Loaded<T>> read) {
        try {
            return jdbi.inTransaction(handle -> {
                var place = handle.createQuery(BEGIN)
                        .bind("user", user)
                        .map((row, statement) -> new Place(
                                row.getString("position"),
                                row.getString("snapshot"),
                                new SourceDatabase(row.getString("system"), row.getString("database"))))
                        .one();
                if (place.position() == null) {
                    throw ApiException.unavailable("the database " + STANDBY, RETRY_AFTER);
                }
                return read.apply(handle).at(place.position(), place.snapshot()).from(place.database());
            });
        } catch (JdbiException e) {
            if (Outage.isCauseOf(e)) {
                throw ApiException.unavailable("the database does not answer", RETRY_AFTER, e);
            }
            throw e;
        }
    }

    /** Why the database cannot serve reads; empty if it can. */
    Optional<String> problem() {
        return jdbi.withHandle(handle -> handle.createQuery(PROBLEMS)
                .map((row, statement) -> row.getBoolean("standby")
                        ? Optional.of(STANDBY)
                        : row.getBoolean("mayAsk") ? Optional.<String>empty() : Optional.of(DENIED))
                .one());
    }

    /**
     * Why row-level security does not bind the database user; empty if it does. It is the second line of defence
     * between users, but superusers and owners of the tables bypass it.
     */
    Optional<String> isolationProblem() {
        boolean active =
                jdbi.withHandle(handle -> handle.createQuery("select row_security_active('freshet.task_context')")
                        .mapTo(Boolean.class)
                        .one());
        return active ? Optional.empty() : Optional.of("row-level security does not bind this database user");
    }

    @Override
    public void close() {
        pool.close();
    }
}
