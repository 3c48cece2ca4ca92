// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import dev.freshet.invalidator.admin.AdminToken;
import dev.freshet.invalidator.admin.Answer;
import dev.freshet.invalidator.admin.Caller;
import java.util.Optional;

/**
 * Who may see the page: those who know the token, and if there is none, callers on this machine. With a token, nobody is
 * trusted for where the request comes from: that may be a proxy.
 */
record Door(AdminToken token) {
    private static final String CLOSED =
            "this page is shown on the machine itself, through a forwarded port, or for FRESHET_ADMIN_TOKEN"
                    + " (or FRESHET_ADMIN_TOKEN_FILE) as a bearer token, once that is set\n";

    /** The refusal; empty if the caller may come in. */
    Optional<Answer> refusal(Caller caller) {
        boolean closed = token.isSet();
        boolean open = closed ? token.isKnownTo(caller) : caller.onThisMachine();
        return open ? Optional.empty() : Optional.of(Answer.text(closed ? 401 : 403, CLOSED));
    }

    /** The page without data, which asks for the token, is for everybody if there is one. */
    Optional<Answer> refusalOfFiles(Caller caller) {
        return token.isSet() ? Optional.empty() : refusal(caller);
    }
}
