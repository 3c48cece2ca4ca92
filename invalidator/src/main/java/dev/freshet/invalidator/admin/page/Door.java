// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import dev.freshet.invalidator.admin.Answer;
import dev.freshet.invalidator.admin.Caller;
import dev.freshet.support.config.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Who may see the page: callers on this machine, and those who know the token. */
record Door(Optional<Secret> token) {
    private static final String CLOSED =
            "this page is shown on the machine itself: forward the port, or set FRESHET_ADMIN_TOKEN"
                    + " (or FRESHET_ADMIN_TOKEN_FILE) and give that as a bearer token\n";

    /** The refusal; empty if the caller may come in. */
    Optional<Answer> refusal(Caller caller) {
        if (caller.onThisMachine()
                || token.isPresent() && caller.token().filter(this::fits).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Answer.text(token.isPresent() ? 401 : 403, CLOSED));
    }

    /** The page without data, which asks for the token, is for everybody if there is one. */
    Optional<Answer> refusalOfFiles(Caller caller) {
        return token.isPresent() ? Optional.empty() : refusal(caller);
    }

    private boolean fits(String given) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8),
                token.orElseThrow().reveal().getBytes(StandardCharsets.UTF_8));
    }
}
