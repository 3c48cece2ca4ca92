// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

/** A line of a change stream is invalid. The message says what was expected. */
public final class BadEventException extends Exception {
    public BadEventException(String message) {
        super(message);
    }
}
