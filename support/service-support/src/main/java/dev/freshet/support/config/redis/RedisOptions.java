// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.redis;

import dev.freshet.support.config.Environment;
import dev.freshet.support.config.RotatingSecret;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Command-line options for the address of Redis. A picocli mixin. */
public final class RedisOptions {
    @Option(
            names = "--redis-url",
            required = true,
            paramLabel = "URL",
            description =
                    "Redis: redis://host:port, redis-sentinel://host:port,host:port#master or redis-cluster://host:port,"
                            + "host:port; rediss… with TLS; redis://user@host:port names the user.")
    String url;

    /** The password, for logging in again after it was changed. Empty if it is not set, or only in the URL. */
    public Optional<RotatingSecret> rotatingPassword(Environment environment) {
        return environment.rotating("FRESHET_REDIS_PASSWORD");
    }

    /** The settings from this option and {@code FRESHET_REDIS_PASSWORD}. */
    public RedisSettings settings(Environment environment) {
        return settings(url, environment);
    }

    /** The same for a program whose option is its own. */
    public static RedisSettings settings(String url, Environment environment) {
        return new RedisSettings(
                url, environment.secret("FRESHET_REDIS_PASSWORD").orElse(null));
    }
}
