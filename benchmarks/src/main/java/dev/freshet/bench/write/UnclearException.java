// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

/** A transaction was sent, but its response did not arrive. */
final class UnclearException extends Exception {
    private static final long serialVersionUID = 1L;

    UnclearException(Throwable cause) {
        super(cause);
    }
}
