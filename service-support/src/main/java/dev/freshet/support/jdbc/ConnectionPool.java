// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.freshet.support.config.JdbcSettings;

/** Opens pools of connections to PostgreSQL. */
public final class ConnectionPool {
    private ConnectionPool() {}

    /** Also succeeds while the database is down. What the URL says of timeouts and options goes first. */
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
            // All that a transaction reads is of one moment, the one of its first statement.
            config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        }
        config.setMaximumPoolSize(pool.connections());
        config.setConnectionTimeout(pool.patience().toMillis());
        config.setValidationTimeout(Math.min(1_000, pool.patience().toMillis()));
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
