// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.backend;

/** A server or process could not be started, stopped or reached. The message names it and quotes the end of its log. */
public final class DevServicesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DevServicesException(String message) {
        super(message);
    }

    public DevServicesException(String message, Throwable cause) {
        super(message, cause);
    }
}
