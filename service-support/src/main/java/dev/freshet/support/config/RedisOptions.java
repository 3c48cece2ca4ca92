// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Command-line options that say where Redis is. A picocli mixin. */
public final class RedisOptions {
    /** The user is what stands before a colon or the @; what the hosts look like is for the Redis client to say. */
    private static final Pattern ADDRESS = Pattern.compile(
            "rediss?(?:-sentinel|-cluster)?://(?:([^@/?#:\\s]*)(?::[^@/?#\\s]*)?@)?[^@/?#\\s]+(?:[/?#]\\S*)?");

    @Option(
            names = "--redis-url",
            required = true,
            paramLabel = "URL",
            description =
                    "Redis: redis://host:port, redis-sentinel://host:port,host:port#master or redis-cluster://host:port,"
                            + "host:port; rediss… with TLS; redis://user@host:port names the user.")
    String url;

    /**
     * What this option and {@code FRESHET_REDIS_PASSWORD} say.
     *
     * @throws ConfigException if the URL is not Redis'
     */
    public RedisSettings settings(Environment environment) {
        var address = ADDRESS.matcher(url);
        if (!address.matches()) {
            throw unusable();
        }
        var user = address.group(1);
        return new RedisSettings(
                url,
                user == null || user.isEmpty() ? null : user,
                environment.secret("FRESHET_REDIS_PASSWORD").orElse(null));
    }

    /** The URL may hold a password, so it is not shown. */
    private static ConfigException unusable() {
        return ConfigException.badSecret(
                "FRESHET_REDIS_URL",
                "is not a Redis address",
                "redis://host:port, redis-sentinel://… or redis-cluster://…");
    }
}
