// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

/** How a row is held until the transaction ends; the strongest first. */
public enum Lock {
    DELETE("for update"),
    WRITE("for no key update"),
    /** Holds a parent against deletion, and lets others add children too. */
    PARENT("for key share");

    private final String clause;

    Lock(String clause) {
        this.clause = clause;
    }

    public String clause() {
        return clause;
    }
}
