// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The token that a request which changes something must carry: {@code Authorization: Bearer <token>}. */
public final class AdminToken {
    private static final String SETTING = "FRESHET_ADMIN_TOKEN";
    private static final String SCHEME = "Bearer ";
    private static final int LEAST_BYTES = 16;

    private final Optional<Secret> token;

    /**
     * @param token empty if there is none: then every such request is refused
     * @throws ConfigException if it is too short
     */
    public AdminToken(Optional<Secret> token) {
        token.filter(secret -> secret.bytes().length < LEAST_BYTES).ifPresent(secret -> {
            throw ConfigException.badSecret(
                    SETTING, "has only " + secret.bytes().length + " bytes", "at least " + LEAST_BYTES);
        });
        this.token = token;
    }

    /** Why a request is refused; empty if it is not. The comparison takes as long for every token of a length. */
    Optional<Answer> refusal(String authorization) {
        if (token.isEmpty()) {
            return Optional.of(Answer.text(
                    403, "this invalidator takes no commands: " + SETTING + " (or " + SETTING + "_FILE) is not set\n"));
        }
        boolean right = authorization != null
                && authorization.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8),
                        token.get().bytes());
        return right
                ? Optional.empty()
                : Optional.of(Answer.text(401, "expected 'Authorization: Bearer' with the token of " + SETTING + "\n"));
    }
}
