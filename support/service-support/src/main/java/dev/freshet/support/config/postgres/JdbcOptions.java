// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.postgres;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Command-line options for the address of PostgreSQL. A picocli mixin. */
public final class JdbcOptions {
    @Option(
            names = "--jdbc-url",
            required = true,
            paramLabel = "URL",
            description =
                    "PostgreSQL: jdbc:postgresql://host:port/database, with parameters such as ?sslmode=verify-full."
                            + " With several servers, host:port,host:port, the primary is used.")
    String url;

    @Option(names = "--jdbc-user", paramLabel = "USER", description = "Database user, unless the URL names one.")
    String user;

    /**
     * The settings from these options and {@code FRESHET_JDBC_PASSWORD}, whose file is read anew before each login.
     *
     * @throws ConfigException if the URL cannot be used; the message does not quote it, because any part may be a
     *     password
     */
    public JdbcSettings settings(Environment environment) {
        return settings(url, user, environment);
    }

    /**
     * The same for a program whose options are its own.
     *
     * @param user null if none is given
     */
    public static JdbcSettings settings(String url, String user, Environment environment) {
        var properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        return new JdbcSettings(url, properties, environment.rotating("FRESHET_JDBC_PASSWORD"));
    }
}
