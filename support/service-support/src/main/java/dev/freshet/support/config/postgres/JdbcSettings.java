// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.postgres;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.RotatingSecret;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The address of PostgreSQL and the credentials. Parameters of the URL, such as {@code sslmode}, reach the driver
 * unchanged. Passwords among them are passed as properties instead, because drivers and pools quote URLs. Thread-safe.
 */
public final class JdbcSettings {
    private static final String PASSWORD = "password";

    private final String url;
    private final Properties properties;
    private final PostgresAddress address;
    private final Optional<RotatingSecret> password;

    /**
     * @param properties {@code user} and {@code password}, unless the URL has them
     * @throws ConfigException if the URL cannot be used; the message does not quote it, because any part may be a
     *     password
     */
    public JdbcSettings(String url, Properties properties) {
        this(url, properties, Optional.empty());
    }

    /**
     * Settings with a password that may change.
     *
     * @param properties {@code user}, unless the URL has it
     * @param password read anew whenever {@link #properties} is called, which is before each login; empty if the URL has
     *     it, or there is none
     * @throws ConfigException if the URL cannot be used; the message does not quote it, because any part may be a
     *     password
     */
    public JdbcSettings(String url, Properties properties, Optional<RotatingSecret> password) {
        PostgresAddress.check(url);
        var parted = SecretParameters.of(url);
        this.url = parted.url();
        this.properties = (Properties) properties.clone();
        this.properties.putAll(parted.secrets());
        this.password = parted.secrets().containsKey(PASSWORD) ? Optional.empty() : password;
        this.address = PostgresAddress.of(this.url, this.properties);
        if (address.servers().size() > 1) {
            // So that a connection opened with the unchanged URL also reaches the primary.
            this.properties.putIfAbsent("targetServerType", "primary");
        }
    }

    /** The URL for the driver, without passwords. */
    public String url() {
        return url;
    }

    /**
     * Properties for {@link java.sql.DriverManager#getConnection(String, Properties)}; a copy, with the password as it is
     * now.
     */
    public Properties properties() {
        var copy = (Properties) properties.clone();
        password.ifPresent(secret -> copy.setProperty(PASSWORD, secret.now().reveal()));
        return copy;
    }

    /** The servers that the URL names, at least one: a primary, and possibly standbys that may be promoted. */
    public List<PostgresHost> servers() {
        return address.servers();
    }

    /** The same settings for one of the servers only. */
    public JdbcSettings at(PostgresHost server) {
        return servers().size() == 1 ? this : new JdbcSettings(address.urlOf(server), address.parameters(), password);
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
