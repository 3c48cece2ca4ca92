// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
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
        loginsAnew(config, settings);
        config.addDataSourceProperty("ApplicationName", "freshet " + pool.process());
        config.addDataSourceProperty("options", pool.serverOptions());
        config.addDataSourceProperty(
                "connectTimeout", Long.toString(Math.max(1, pool.patience().toSeconds())));
        config.addDataSourceProperty(
                "socketTimeout", Long.toString(pool.answer().toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.setReadOnly(pool.readOnly());
        // Whatever the database's default is. A transaction that only reads does so from one snapshot, taken at its
        // first statement.
        config.setTransactionIsolation(pool.readOnly() ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(pool.connections());
        config.setConnectionTimeout(pool.patience().toMillis());
        config.setValidationTimeout(Math.min(1_000, pool.patience().toMillis()));
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** A connection that is opened later logs in with the password as it is then. */
    private static void loginsAnew(HikariConfig config, JdbcSettings settings) {
        String user = settings.properties().getProperty("user");
        if (user != null && settings.properties().containsKey("password")) {
            config.setCredentialsProvider(
                    () -> Credentials.of(user, settings.properties().getProperty("password")));
        }
    }
}
