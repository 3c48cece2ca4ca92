// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.auth;

/** A bearer token was rejected. The message may be shown to the caller. */
public final class InvalidTokenException extends Exception {
    InvalidTokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
