// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.support.config.JdbcSettings;
import dev.freshet.support.http.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * PostgreSQL, read only, one user at a time: each read runs in a transaction that names the user to row-level security.
 * Waits are short and bounded. Thread-safe.
 */
final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 10;
    private static final int LOADS = 4 * CONNECTIONS;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final LoadLimit limit = new LoadLimit(LOADS);

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** Does not fail if PostgreSQL is down: what is cached can be served meanwhile. */
    static Database open(JdbcSettings settings, MeterRegistry metrics) {
        var config = new HikariConfig();
        config.setPoolName("reader");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(settings.properties());
        config.addDataSourceProperty("ApplicationName", "freshet-reader");
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "10");
        config.setReadOnly(true);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("set statement_timeout = '5s'");
        config.setMetricRegistry(metrics);
        return new Database(new HikariDataSource(config));
    }

    /**
     * Reads as a user.
     *
     * @throws ApiException 503 if the database does not answer, or too many ask it
     */
    <T> T readAs(String user, Function<Handle, T> read) {
        try {
            return limit.run(() -> jdbi.inTransaction(handle -> {
                handle.createQuery("select set_config('freshet.user', :user, true)")
                        .bind("user", user)
                        .mapTo(String.class)
                        .one();
                return read.apply(handle);
            }));
        } catch (JdbiException e) {
            if (Outage.isCauseOf(e)) {
                throw ApiException.unavailable("the database does not answer", RETRY_AFTER, e);
            }
            throw e;
        }
    }

    /** What keeps it from answering, if anything. */
    Optional<String> problem() {
        return jdbi.withHandle(handle -> handle.createQuery("select 1")
                                .mapTo(Integer.class)
                                .findOne())
                        .isPresent()
                ? Optional.empty()
                : Optional.of("does not answer");
    }

    /** Row-level security is the second line between users; superusers and owners of the tables pass it by. */
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
