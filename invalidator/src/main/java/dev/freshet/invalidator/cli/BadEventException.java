// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

/** A line of a change stream is not what it should be. The message says what was expected. */
final class BadEventException extends Exception {
    BadEventException(String message) {
        super(message);
    }
}
