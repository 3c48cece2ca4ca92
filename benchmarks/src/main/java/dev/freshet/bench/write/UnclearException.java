// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

/** A transaction was sent, and its answer did not come. */
final class UnclearException extends Exception {
    private static final long serialVersionUID = 1L;

    UnclearException(Throwable cause) {
        super(cause);
    }
}
