// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.postgres.JdbcOptions;
import dev.freshet.support.config.redis.RedisOptions;
import dev.freshet.support.http.HttpOptions;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The reader's command-line options. A picocli mixin. */
final class ReaderOptions {
    static final int DEFAULT_PORT = 8082;
    private static final int MOST_MIB = 1 << 20;

    @Mixin
    JdbcOptions jdbc;

    @Mixin
    RedisOptions redis;

    @Mixin
    HttpOptions http;

    @Option(
            names = "--cache-ttl",
            defaultValue = "300s",
            paramLabel = "DURATION",
            description = "Maximum time to cache an answer, such as 300s. Default: ${DEFAULT-VALUE}.")
    Duration cacheTtl;

    @Option(
            names = "--redis-timeout",
            defaultValue = "500ms",
            paramLabel = "DURATION",
            description = "How long a request waits for Redis before it is answered by the database."
                    + " Default: ${DEFAULT-VALUE}.")
    Duration redisTimeout;

    @Option(
            names = "--near-cache",
            defaultValue = "0",
            paramLabel = "MIB",
            description = "Memory for the in-process cache, in MiB; 0: no such cache. Default: ${DEFAULT-VALUE}.")
    int nearCache;

    @Option(
            names = "--warming",
            defaultValue = "0",
            paramLabel = "LOADS",
            description = "Maximum number of hot answers to reload per second when they change, before the next"
                    + " request; 0: none. Needs --near-cache. Default: ${DEFAULT-VALUE}.")
    int warming;

    /** @throws ConfigException if an option is out of range, or two options conflict */
    void check() {
        ConfigException.atLeast("FRESHET_CACHE_TTL", cacheTtl, Duration.ofMillis(1));
        ConfigException.atLeast("FRESHET_REDIS_TIMEOUT", redisTimeout, Duration.ofMillis(1));
        if (nearCache < 0 || nearCache > MOST_MIB) {
            throw ConfigException.bad("FRESHET_NEAR_CACHE", "" + nearCache, "0 to " + MOST_MIB + " MiB");
        }
        if (warming < 0 || warming > 0 && nearCache == 0) {
            throw ConfigException.bad(
                    "FRESHET_WARMING", "" + warming, "loads a second, and FRESHET_NEAR_CACHE above 0; or 0");
        }
    }
}
