// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.redis;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.secret.Secret;
import java.util.function.BiFunction;

/**
 * The address of Redis, as given.
 *
 * @param url may contain a password: never print it
 * @param password replaces the password in the URL; null keeps that one
 */
public record RedisSettings(String url, Secret password) {
    /**
     * Parses the URL with a Redis client's parser.
     *
     * @param parser takes the URL and a password, which may be null; the message of its IllegalArgumentException must
     *     not contain a secret
     * @throws ConfigException if the parser rejects the URL
     */
    public <A> A parsed(BiFunction<String, CharSequence, A> parser) {
        try {
            return parser.apply(url, password == null ? null : password.reveal());
        } catch (IllegalArgumentException e) {
            throw ConfigException.unusable("FRESHET_REDIS_URL", e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
