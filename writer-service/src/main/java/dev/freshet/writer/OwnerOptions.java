// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.JdbcOptions;
import dev.freshet.support.config.postgres.JdbcSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The location of PostgreSQL and the owner of its tables. A picocli mixin. */
final class OwnerOptions {
    private static final String PASSWORD = "FRESHET_MIGRATE_JDBC_PASSWORD";

    @Mixin
    JdbcOptions jdbc;

    @Option(
            names = "--migrate-jdbc-user",
            paramLabel = "USER",
            description = "Database user that owns the tables. Default: the user of --jdbc-user.")
    String owner;

    /** Settings for the service itself. */
    JdbcSettings service(Environment environment) {
        return jdbc.settings(environment);
    }

    /** Settings for work that only the owner of the tables may do. */
    JdbcSettings owner(Environment environment) {
        var settings = jdbc.settings(environment);
        var properties = settings.properties();
        if (owner != null) {
            properties.setProperty("user", owner);
            properties.remove("password");
        }
        environment.secret(PASSWORD).ifPresent(password -> properties.setProperty("password", password.reveal()));
        return new JdbcSettings(settings.url(), properties);
    }
}
