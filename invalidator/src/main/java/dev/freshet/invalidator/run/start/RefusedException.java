// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Finding;

/** This instance may not run as configured, because of another one. It must end; a retry would not help. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param code of the finding that check would tell */
    public RefusedException(Code code, String message) {
        super(Finding.text(code, message));
    }
}
