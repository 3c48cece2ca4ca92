// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

/** The application's setup is wrong. The message says where and what; {@link #action} says how to fix it. */
public final class FreshetSetupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String action;

    public FreshetSetupException(String what, String action) {
        super(what);
        this.action = action;
    }

    public FreshetSetupException(String what, String action, Throwable cause) {
        super(what, cause);
        this.action = action;
    }

    /** How to fix it, as a sentence. */
    public String action() {
        return action;
    }
}
