// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.stack;

import dev.freshet.devservices.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How Redis is set up: a user for each process, with the rights that deploy/redis/users.acl gives it in production. */
final class RedisUsers {
    static final String READER = "reader";
    static final String INVALIDATOR = "invalidator";

    /** Of the built-in mapping. */
    private static final String NAMESPACE = "ctx";

    private RedisUsers() {}

    /** @param keys of no namespace of ours, which the invalidator may unlink, too; null: none */
    static RedisOptions add(RedisOptions base, Credentials credentials, String keys) {
        var options = base.withPassword(credentials.redisAdmin());
        var users = template()
                // As new as Redis 7.2; the binary without Docker is a 7.0, whose clients do not ask for it.
                .replace(" +client|setinfo", "")
                .replace("@NAMESPACE@", NAMESPACE)
                .replace("@READER_SHA256@", sha256(credentials.redisReader()))
                .replace("@INVALIDATOR_SHA256@", sha256(credentials.redisInvalidator()));
        // The default user stays, with a password: it is ours.
        for (var line :
                users.lines().filter(user -> !user.startsWith("user default ")).toList()) {
            boolean more = keys != null && line.startsWith("user " + INVALIDATOR + " ");
            options = options.directive(more ? line + " ~" + keys : line);
        }
        return options;
    }

    private static String template() {
        try (var in = RedisUsers.class.getResourceAsStream("/users.acl")) {
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
