// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.support.config.JdbcSettings;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** The service's connections. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 10;
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

    /** Bounds how long a request can hang on others' locks; a program may hold one for as long as it likes. */
    private static final String TIMEOUTS = "-c lock_timeout=10s -c statement_timeout=60s";

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** Opens lazily: also succeeds while the database is down. */
    public static Database open(JdbcSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("writer");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(settings.properties());
        config.addDataSourceProperty("ApplicationName", "freshet writer");
        config.addDataSourceProperty("options", TIMEOUTS);
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setInitializationFailTimeout(-1);
        return new Database(new HikariDataSource(config));
    }

    /** For one-off work such as migrations. */
    public static DataSource unpooled(JdbcSettings settings) {
        var source = new PGSimpleDataSource();
        source.setURL(settings.url());
        var properties = settings.properties();
        if (properties.getProperty("user") != null) {
            source.setUser(properties.getProperty("user"));
        }
        if (properties.getProperty("password") != null) {
            source.setPassword(properties.getProperty("password"));
        }
        return source;
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }
}
