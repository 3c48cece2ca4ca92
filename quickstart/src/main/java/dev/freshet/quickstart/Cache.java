// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import dev.freshet.devservices.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How Redis is set up: a user for each process, with the rights that deploy/redis/users.acl gives it in production. */
final class Cache {
    static final String READER = "reader";
    static final String INVALIDATOR = "invalidator";

    private Cache() {}

    static RedisOptions options(int port, Credentials credentials) {
        var options = RedisOptions.defaults()
                .preferPort(port)
                .withPassword(credentials.redisAdmin())
                // What the tour watches: keys set, removed, expired, dropped.
                .directive("notify-keyspace-events Kg$xe");
        var users = template()
                .replace("@NAMESPACE@", KeyWatch.KEYS.namespace())
                .replace("@READER_SHA256@", sha256(credentials.redisReader()))
                .replace("@INVALIDATOR_SHA256@", sha256(credentials.redisInvalidator()));
        // The default user stays, with a password: it is the tour's own.
        for (var line :
                users.lines().filter(user -> !user.startsWith("user default ")).toList()) {
            options = options.directive(line);
        }
        return options;
    }

    private static String template() {
        try (var in = Cache.class.getResourceAsStream("/users.acl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
