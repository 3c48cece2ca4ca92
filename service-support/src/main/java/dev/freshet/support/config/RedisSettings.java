// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

/**
 * Where Redis is and who we are there.
 *
 * @param url {@code redis://} or {@code rediss://}; it may hold a password: never print it
 * @param user whom the URL names; null: the default user
 * @param password to be used instead of the URL's; null: as in the URL
 */
public record RedisSettings(String url, String user, Secret password) {
    @Override
    public String toString() {
        return url.replaceFirst("//.*@", "//").replaceFirst("\\?.*", "");
    }
}
