// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

/** A batch could not be worked on now. It must come again. */
public final class PutOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PutOffException(String message, Throwable cause) {
        super(message, cause);
    }
}
