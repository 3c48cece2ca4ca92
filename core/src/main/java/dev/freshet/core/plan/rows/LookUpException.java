// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

/** The database refuses a look-up, and would refuse it again. The keys that it was for are evicted by pattern. */
public final class LookUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LookUpException(Throwable cause) {
        super("a look-up was refused", cause);
    }
}
