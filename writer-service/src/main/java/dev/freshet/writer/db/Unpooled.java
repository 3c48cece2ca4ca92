// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.postgres.NotPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections for one-off work, without a pool. Connecting has a timeout, and an error says so if the server is not
 * PostgreSQL.
 */
final class Unpooled extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private final transient JdbcSettings settings;

    Unpooled(JdbcSettings settings) {
        this.settings = settings;
        setURL(settings.url());
        var properties = settings.properties();
        properties.putIfAbsent("connectTimeout", "10");
        // A server that is not PostgreSQL may wait for us while we wait for it.
        properties.putIfAbsent("loginTimeout", "30");
        // The driver's order of precedence: the URL, then our settings, then the driver's own files.
        var all = Driver.parseURL(settings.url(), properties);
        try {
            for (var name : properties.stringPropertyNames()) {
                setProperty(name, all.getProperty(name));
            }
        } catch (SQLException e) {
            throw new IllegalArgumentException("PostgreSQL's driver does not take a parameter of its URL", e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        try {
            return super.getConnection(user, password);
        } catch (SQLException e) {
            // With several servers, the failure does not tell which of them it came from.
            throw settings.servers().size() > 1
                    ? e
                    : NotPostgres.named(e, settings.servers().get(0));
        }
    }
}
