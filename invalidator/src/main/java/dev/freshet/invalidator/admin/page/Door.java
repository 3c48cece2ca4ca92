// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import dev.freshet.invalidator.admin.Answer;
import dev.freshet.invalidator.admin.Caller;
import dev.freshet.support.config.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who may see the page: those who know the token, and if there is none, callers on this machine. With a token, nobody is
 * trusted for where the request comes from: that may be a proxy. It is asked for each time, so that its file may change.
 */
record Door(Supplier<Optional<Secret>> tokens) {
    private static final String CLOSED =
            "this page is shown on the machine itself, through a forwarded port, or for FRESHET_ADMIN_TOKEN"
                    + " (or FRESHET_ADMIN_TOKEN_FILE) as a bearer token, once that is set\n";

    /** The refusal; empty if the caller may come in. */
    Optional<Answer> refusal(Caller caller) {
        Optional<Secret> token = tokens.get();
        boolean open = token.isEmpty()
                ? caller.onThisMachine()
                : caller.token().filter(given -> fits(given, token.get())).isPresent();
        return open ? Optional.empty() : Optional.of(Answer.text(token.isPresent() ? 401 : 403, CLOSED));
    }

    /** The page without data, which asks for the token, is for everybody if there is one. */
    Optional<Answer> refusalOfFiles(Caller caller) {
        return tokens.get().isPresent() ? Optional.empty() : refusal(caller);
    }

    private static boolean fits(String given, Secret token) {
        return MessageDigest.isEqual(
                given.strip().getBytes(StandardCharsets.UTF_8), token.reveal().getBytes(StandardCharsets.UTF_8));
    }
}
