// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

/** Records come in a form, or from a place, that this connector must not be used for. Only a person can change that. */
public final class RefusedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was found and what to change; no values of rows */
    RefusedRecordException(String message) {
        super(message);
    }
}
