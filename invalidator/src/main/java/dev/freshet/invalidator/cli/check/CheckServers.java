// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.JdbcOptions;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.redis.RedisOptions;
import dev.freshet.support.config.redis.RedisSettings;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whom check asks. A picocli mixin. */
final class CheckServers {
    private static final String JDBC_URL = "--jdbc-url";

    @Option(
            names = JDBC_URL,
            paramLabel = "URL",
            description =
                    "PostgreSQL: jdbc:postgresql://host:port/database, with parameters such as ?sslmode=verify-full;"
                            + " or --offline, to check the mapping alone. With several servers, host:port,host:port, the primary"
                            + " is used, and standbys are asked whether they copy the slot.")
    private String jdbcUrl;

    @Option(names = "--jdbc-user", paramLabel = "USER", description = "Database user, unless the URL names one.")
    private String jdbcUser;

    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description =
                    "Also look at Redis: its version and memory, whose the namespace is, and how many keys a purge"
                            + " would delete by pattern. Sends INFO, HGETALL and SCAN, and deletes nothing.")
    private String redisUrl;

    @Option(names = "--offline", description = "Check the mapping alone. Asks nobody, even if variables name servers.")
    private boolean offline;

    boolean offline() {
        return offline;
    }

    /**
     * The database; empty if nobody is to be asked.
     *
     * @throws MissingParameterException if neither a database nor --offline is given: what cannot be asked by mistake
     *     must not count as right
     */
    Optional<JdbcSettings> database(CommandSpec spec) {
        if (offline) {
            return Optional.empty();
        }
        if (jdbcUrl == null) {
            throw new MissingParameterException(
                    spec.commandLine(),
                    List.of(spec.findOption(JDBC_URL)),
                    "neither a database nor --offline is given");
        }
        return Optional.of(JdbcOptions.settings(jdbcUrl, jdbcUser, Environment.ofProcess()));
    }

    /** Redis; empty if it is not to be asked. */
    Optional<RedisSettings> redis() {
        return offline || redisUrl == null
                ? Optional.empty()
                : Optional.of(RedisOptions.settings(redisUrl, Environment.ofProcess()));
    }
}
