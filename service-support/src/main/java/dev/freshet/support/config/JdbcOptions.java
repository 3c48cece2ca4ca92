// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.Properties;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Command-line options that say where PostgreSQL is. A picocli mixin. */
public final class JdbcOptions {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final String EXPECTED = PREFIX + "//host:port/database";
    private static final String SERVER = "(?:\\[[^\\]/]*]|[^:/,\\[\\]]*)(?::[0-9]{1,5})?";
    private static final Pattern SERVERS = Pattern.compile("//" + SERVER + "(?:," + SERVER + ")*(?:/.*)?");

    @Option(
            names = "--jdbc-url",
            required = true,
            paramLabel = "URL",
            description =
                    "PostgreSQL: jdbc:postgresql://host:port/database, with parameters such as ?sslmode=verify-full.")
    String url;

    @Option(names = "--jdbc-user", paramLabel = "USER", description = "Database user, unless the URL names one.")
    String user;

    /**
     * What these options and {@code FRESHET_JDBC_PASSWORD} say.
     *
     * @throws ConfigException if the URL is not PostgreSQL's; it is not quoted, as it may hold a password anywhere
     */
    public JdbcSettings settings(Environment environment) {
        if (!url.startsWith(PREFIX)) {
            throw ConfigException.badSecret("FRESHET_JDBC_URL", Redaction.beginningOf(url), EXPECTED);
        }
        var address = JdbcSettings.withoutParameters(url).substring(PREFIX.length());
        if (address.indexOf('@') >= 0) {
            throw ConfigException.badSecret(
                    "FRESHET_JDBC_URL",
                    "has an @ before its parameters",
                    EXPECTED + "; the user in FRESHET_JDBC_USER, the password in FRESHET_JDBC_PASSWORD");
        }
        if (address.startsWith("//") && !SERVERS.matcher(address).matches()) {
            throw ConfigException.badSecret(
                    "FRESHET_JDBC_URL", "names a server that is neither host nor host:port", EXPECTED);
        }
        var properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        environment
                .secret("FRESHET_JDBC_PASSWORD")
                .ifPresent(password -> properties.setProperty("password", password.reveal()));
        return new JdbcSettings(url, properties);
    }
}
