// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.gate;

/** It could not be confirmed that a commit is visible. The stream must be reopened from the slot. */
public final class NotVisibleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotVisibleException(String message) {
        super(message);
    }

    NotVisibleException(String message, Throwable cause) {
        super(message, cause);
    }
}
