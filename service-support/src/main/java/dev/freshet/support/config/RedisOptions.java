// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import picocli.CommandLine.Option;

/** Command-line options that say where Redis is. A picocli mixin. */
public final class RedisOptions {
    private static final Set<String> SCHEMES = Set.of("redis", "rediss");

    @Option(
            names = "--redis-url",
            required = true,
            paramLabel = "URL",
            description =
                    "Redis: redis://host:port, or rediss://host:port with TLS; redis://user@host:port names the user.")
    String url;

    /**
     * What this option and {@code FRESHET_REDIS_PASSWORD} say.
     *
     * @throws ConfigException if the URL is not Redis'
     */
    public RedisSettings settings(Environment environment) {
        var uri = parse();
        var userInfo = uri.getUserInfo();
        var user = userInfo == null ? "" : userInfo.split(":", 2)[0];
        return new RedisSettings(
                url,
                user.isEmpty() ? null : user,
                environment.secret("FRESHET_REDIS_PASSWORD").orElse(null));
    }

    private URI parse() {
        try {
            var uri = new URI(url);
            if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw unusable();
        }
        throw unusable();
    }

    /** The URL may hold a password, so it is not shown. */
    private static ConfigException unusable() {
        return ConfigException.badSecret(
                "FRESHET_REDIS_URL", "is not a Redis address", "redis://host:port or rediss://host:port");
    }
}
