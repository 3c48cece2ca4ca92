// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.function.BiFunction;

/**
 * Where Redis is, as it was given.
 *
 * @param url may hold a password: never print it
 * @param password to be used instead of the URL's; null: as in the URL
 */
public record RedisSettings(String url, Secret password) {
    /**
     * What a client of Redis makes of it.
     *
     * @param parser of the URL and a password, which may be null; the message of its IllegalArgumentException holds no secret
     * @throws ConfigException if the parser does not understand it
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
