// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import dev.freshet.support.config.secret.Secret;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The token that requests need which change something, in {@code Authorization: Bearer …}. It is asked for with each
 * request, so that a file that holds it may change. Thread-safe.
 */
public final class AdminToken {
    /** The variable that holds it. */
    public static final String VARIABLE = "FRESHET_ADMIN_TOKEN";

    private static final String SCHEME = "Bearer ";

    private final Supplier<Optional<Secret>> token;

    /** @param token empty if none is set: then every such request is refused */
    public AdminToken(Supplier<Optional<Secret>> token) {
        this.token = token;
    }

    /**
     * The answer that refuses a request; empty if it may go on.
     *
     * @param authorization the header; null if there is none
     */
    Optional<Answer> refusal(String authorization) {
        Optional<Secret> expected = token.get();
        if (expected.isEmpty()) {
            return Optional.of(Answer.text(
                    403,
                    "requests that change something need a token: set " + VARIABLE + ", or " + VARIABLE
                            + "_FILE, restart, and send 'Authorization: Bearer …'\n"));
        }
        boolean right = authorization != null
                && authorization.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        expected.get().bytes(),
                        Secret.of(authorization.substring(SCHEME.length()).strip())
                                .bytes());
        return right
                ? Optional.empty()
                : Optional.of(
                        Answer.text(401, "expected 'Authorization: Bearer …' with the token of " + VARIABLE + "\n"));
    }
}
