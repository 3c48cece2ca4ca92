// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.jdbc.ConnectionPool;
import dev.freshet.support.jdbc.PoolSettings;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The service's connections. Thread-safe. */
public final class Database implements AutoCloseable {
    /**
     * The timeouts limit how long a request waits for the locks of others. A program may hold a lock for any length of
     * time.
     */
    private static final PoolSettings POOL = new PoolSettings(
            "writer",
            10,
            Duration.ofSeconds(5),
            Duration.ofSeconds(70),
            "-c lock_timeout=10s -c statement_timeout=60s",
            false);

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** Connects lazily: this also succeeds while the database is down. */
    public static Database open(JdbcSettings settings) {
        return new Database(ConnectionPool.open(settings, POOL));
    }

    /** A data source without a pool, for one-off work such as migrations. */
    public static DataSource unpooled(JdbcSettings settings) {
        return new Unpooled(settings);
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }
}
