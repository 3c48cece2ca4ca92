// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.JdbcOptions;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.redis.RedisOptions;
import dev.freshet.support.config.redis.RedisSettings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whom to ask, each of them only if it is named. A picocli mixin. */
final class ExplainOptions {
    @Option(names = "--jdbc-url", paramLabel = "URL", description = "Look the rows up in this database; reads only.")
    private String jdbcUrl;

    @Option(names = "--jdbc-user", paramLabel = "USER", description = "Database user, unless the URL names one.")
    private String jdbcUser;

    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description = "Ask this Redis whether the key exists, with TYPE and PTTL; the value is not read.")
    private String redisUrl;

    @Option(
            names = "--admin-url",
            paramLabel = "URL",
            description = "Ask the invalidator with this admin port what it evicted last; http://127.0.0.1:8083.")
    private String adminUrl;

    @Option(names = "--offline", description = "Ask nobody, even if variables name servers.")
    private boolean offline;

    /** Empty if no database is to be asked. */
    Optional<JdbcSettings> database() {
        if (offline || jdbcUrl == null) {
            return Optional.empty();
        }
        return Optional.of(JdbcOptions.settings(jdbcUrl, jdbcUser, Environment.ofProcess()));
    }

    Optional<RedisSettings> redis() {
        return offline || redisUrl == null
                ? Optional.empty()
                : Optional.of(RedisOptions.settings(redisUrl, Environment.ofProcess()));
    }

    Optional<String> admin() {
        return offline ? Optional.empty() : Optional.ofNullable(adminUrl);
    }

    /** @throws ConfigException if it is below 1 */
    static int atLeastOne(String setting, int given) {
        if (given < 1) {
            throw ConfigException.bad(setting, Integer.toString(given), "a number from 1");
        }
        return given;
    }
}
