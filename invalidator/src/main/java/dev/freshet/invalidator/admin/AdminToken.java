// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import dev.freshet.support.config.secret.Secret;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The token of the admin port, in {@code Authorization: Bearer …}: requests that change something need it, and others see the
 * page with it. It is asked for with each request, so that a file that holds it may change. Thread-safe.
 */
public final class AdminToken {
    /** The variable that holds it. */
    public static final String VARIABLE = "FRESHET_ADMIN_TOKEN";

    private final Supplier<Optional<Secret>> token;

    /** @param token empty if none is set: then every such request is refused */
    public AdminToken(Supplier<Optional<Secret>> token) {
        this.token = token;
    }

    /** Whether one is set. */
    public boolean isSet() {
        return token.get().isPresent();
    }

    /** Whether the caller knows it. Nobody does if none is set. */
    public boolean isKnownTo(Caller caller) {
        return token.get()
                .filter(expected -> caller.token()
                        .filter(given -> MessageDigest.isEqual(expected.bytes(), given.bytes()))
                        .isPresent())
                .isPresent();
    }

    /** The answer that refuses a request that changes something; empty if it may go on. */
    Optional<Answer> refusal(Caller caller) {
        if (isKnownTo(caller)) {
            return Optional.empty();
        }
        return Optional.of(
                isSet()
                        ? Answer.text(401, "expected 'Authorization: Bearer …' with the token of " + VARIABLE + "\n")
                        : Answer.text(
                                403,
                                "requests that change something need a token: set " + VARIABLE + ", or " + VARIABLE
                                        + "_FILE, restart, and send 'Authorization: Bearer …'\n"));
    }
}
