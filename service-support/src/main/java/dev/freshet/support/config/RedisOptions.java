// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Command-line options that say where Redis is. A picocli mixin. */
public final class RedisOptions {
    @Option(
            names = "--redis-url",
            required = true,
            paramLabel = "URL",
            description = "Redis: redis://host:port, or rediss://host:port with TLS.")
    String url;

    /** As given. It may hold a password: never print it. */
    public String url() {
        return url;
    }

    /** What {@code FRESHET_REDIS_PASSWORD} holds. */
    public Optional<Secret> password(Environment environment) {
        return environment.secret("FRESHET_REDIS_PASSWORD");
    }
}
