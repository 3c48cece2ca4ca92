// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

/** A read got no answer. That never counts as a wrong answer. */
final class ReadFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    ReadFailedException(String message) {
        super(message);
    }

    ReadFailedException(Throwable cause) {
        super(cause);
    }
}
