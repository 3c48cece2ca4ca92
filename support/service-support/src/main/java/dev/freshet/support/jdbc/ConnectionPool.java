// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.support.config.postgres.JdbcSettings;

/** Opens connection pools to PostgreSQL. */
public final class ConnectionPool {
    private ConnectionPool() {}

    /** Opens a pool; this also succeeds while the database is down. Timeouts and options in the URL take precedence. */
    public static HikariDataSource open(JdbcSettings settings, PoolSettings pool) {
        var config = new HikariConfig();
        config.setPoolName(pool.process());
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(settings.properties());
        config.addDataSourceProperty("ApplicationName", "freshet " + pool.process());
        config.addDataSourceProperty("options", pool.serverOptions());
        config.addDataSourceProperty(
                "connectTimeout", Long.toString(Math.max(1, pool.patience().toSeconds())));
        config.addDataSourceProperty(
                "socketTimeout", Long.toString(pool.answer().toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.setReadOnly(pool.readOnly());
        if (pool.readOnly()) {
            // A transaction reads everything from one snapshot, taken at its first statement.
            config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        }
        config.setMaximumPoolSize(pool.connections());
        config.setConnectionTimeout(pool.patience().toMillis());
        config.setValidationTimeout(Math.min(1_000, pool.patience().toMillis()));
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
