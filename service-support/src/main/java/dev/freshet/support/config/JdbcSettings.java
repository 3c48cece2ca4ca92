// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.List;
import java.util.Properties;

/**
 * Where PostgreSQL is and who we are there. Parameters of the URL, such as {@code sslmode}, go to the driver as given, but
 * passwords among them beside the URL: drivers and pools quote URLs.
 */
public final class JdbcSettings {
    private final String url;
    private final Properties properties;
    private final PostgresAddress address;

    /**
     * @param properties {@code user} and {@code password}, as far as the URL does not have them
     * @throws ConfigException if the URL cannot be used; it is not quoted, as it may hold a password anywhere
     */
    public JdbcSettings(String url, Properties properties) {
        PostgresAddress.check(url);
        var parted = SecretParameters.of(url);
        this.url = parted.url();
        this.properties = (Properties) properties.clone();
        this.properties.putAll(parted.secrets());
        this.address = PostgresAddress.of(this.url, this.properties);
        if (address.servers().size() > 1) {
            // Who opens a connection by the URL as it stands gets the primary, too.
            this.properties.putIfAbsent("targetServerType", "primary");
        }
    }

    /** The URL for the driver, without passwords. */
    public String url() {
        return url;
    }

    /** For {@link java.sql.DriverManager#getConnection(String, Properties)}; a copy. */
    public Properties properties() {
        return (Properties) properties.clone();
    }

    /** The servers that the URL names, at least one: a primary, and perhaps standbys that may become it. */
    public List<PostgresHost> servers() {
        return address.servers();
    }

    /** The same for one of the servers alone. */
    public JdbcSettings at(PostgresHost server) {
        return servers().size() == 1 ? this : new JdbcSettings(address.urlOf(server), address.parameters());
    }

    @Override
    public String toString() {
        return withoutParameters(url);
    }

    static String withoutParameters(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
