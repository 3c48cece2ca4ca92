// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

/** A read got no answer. That never counts as a wrong answer. */
public final class ReadFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public ReadFailedException(String message) {
        super(message);
    }

    public ReadFailedException(Throwable cause) {
        super(cause);
    }
}
