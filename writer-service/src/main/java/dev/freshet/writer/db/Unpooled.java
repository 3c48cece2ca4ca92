// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import dev.freshet.support.config.JdbcSettings;
import dev.freshet.support.config.NotPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections for one-off work, without a pool. Waits for no server without end, and names what is no PostgreSQL. */
final class Unpooled extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private final transient JdbcSettings settings;

    Unpooled(JdbcSettings settings) {
        this.settings = settings;
        setURL(settings.url());
        var properties = settings.properties();
        properties.putIfAbsent("connectTimeout", "10");
        // A server of another kind may wait for us as we wait for it.
        properties.putIfAbsent("loginTimeout", "30");
        // In the driver's order: the URL, what we say, files of its own.
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
            // Of several, the failure does not tell which one it is about.
            throw settings.servers().size() > 1
                    ? e
                    : NotPostgres.named(e, settings.servers().get(0));
        }
    }
}
