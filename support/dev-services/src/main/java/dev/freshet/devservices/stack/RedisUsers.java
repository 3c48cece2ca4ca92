// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import dev.freshet.devservices.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Configures Redis with one user per process. The permissions are those of deploy/redis/users.acl in production. */
final class RedisUsers {
    static final String READER = "reader";
    static final String INVALIDATOR = "invalidator";

    /** The namespace of the mapping of the contexts. */
    private static final String NAMESPACE = "ctx";

    private RedisUsers() {}

    /** @param keys pattern of keys outside our namespace that the invalidator may also unlink; null: none */
    static RedisOptions add(RedisOptions base, Credentials credentials, String keys) {
        var options = base.withPassword(credentials.redisAdmin());
        var users = template()
                // Needs Redis 7.2. The binary used without Docker is 7.0, whose clients do not use the command.
                .replace(" +client|setinfo", "")
                .replace("@NAMESPACE@", NAMESPACE)
                .replace("@READER_SHA256@", sha256(credentials.redisReader()))
                .replace("@INVALIDATOR_SHA256@", sha256(credentials.redisInvalidator()));
        // The default user is kept, with a password: we use it ourselves.
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
