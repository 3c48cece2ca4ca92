// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.servers;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.JdbcOptions;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.redis.RedisOptions;
import dev.freshet.support.config.redis.RedisSettings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Servers to ask, each of them only if it is named. A picocli mixin. */
public final class ServerOptions {
    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            description =
                    "The database: jdbc:postgresql://host:port/database. With several hosts, the primary is asked.")
    private String jdbcUrl;

    @Option(names = "--jdbc-user", paramLabel = "USER", description = "Database user, unless the URL names one.")
    private String jdbcUser;

    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description = "The Redis of the cached keys: redis://…, redis-sentinel://… or redis-cluster://….")
    private String redisUrl;

    @Option(
            names = "--admin-url",
            paramLabel = "URL",
            description = "The admin port of a running invalidator, such as http://127.0.0.1:8083.")
    private String adminUrl;

    /**
     * Empty if no database is named.
     *
     * @throws ConfigException if the URL cannot be used
     */
    public Optional<JdbcSettings> database() {
        if (jdbcUrl == null) {
            return Optional.empty();
        }
        return Optional.of(JdbcOptions.settings(jdbcUrl, jdbcUser, Environment.ofProcess()));
    }

    /** Empty if no Redis is named. */
    public Optional<RedisSettings> redis() {
        return Optional.ofNullable(redisUrl).map(url -> RedisOptions.settings(url, Environment.ofProcess()));
    }

    /**
     * Where to evict in a namespace; empty if no Redis is named.
     *
     * @throws ConfigException if the URL cannot be used
     */
    public Optional<EvictorSettings> redis(String namespace) {
        var keys = new CacheKeys(namespace);
        return redis().map(settings -> settings.parsed((url, password) -> new EvictorSettings(url, password, keys)));
    }

    /** Empty if no invalidator is named. */
    public Optional<String> admin() {
        return Optional.ofNullable(adminUrl);
    }
}
