// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

/** A transaction was sent, but its response did not arrive. */
public final class UnknownOutcomeException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(Throwable cause) {
        super(cause);
    }
}
