// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

/** A record is no event of Debezium's. The message says what was expected; it contains no values of rows. */
public final class BadEventException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadEventException(String message) {
        super(message);
    }
}
