// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.Properties;

/**
 * Where PostgreSQL is and who we are there. Parameters of the URL, such as {@code sslmode}, go to the driver as given, but
 * passwords among them beside the URL: drivers and pools quote URLs.
 */
public final class JdbcSettings {
    private final String url;
    private final Properties properties;

    /**
     * @param properties {@code user} and {@code password}, as far as the URL does not have them
     * @throws ConfigException if a parameter of the URL cannot be read
     */
    public JdbcSettings(String url, Properties properties) {
        var parted = SecretParameters.of(url);
        this.url = parted.url();
        this.properties = (Properties) properties.clone();
        this.properties.putAll(parted.secrets());
    }

    /** The URL for the driver, without passwords. */
    public String url() {
        return url;
    }

    /** For {@link java.sql.DriverManager#getConnection(String, Properties)}; a copy. */
    public Properties properties() {
        return (Properties) properties.clone();
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
