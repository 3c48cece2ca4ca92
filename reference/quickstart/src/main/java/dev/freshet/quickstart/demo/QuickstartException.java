// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import dev.freshet.devservices.stack.StackException;

/** The tour cannot continue. */
public final class QuickstartException extends StackException {
    private static final long serialVersionUID = 1L;

    public QuickstartException(String message) {
        super(message);
    }

    public QuickstartException(String message, Throwable cause) {
        super(message, cause);
    }
}
