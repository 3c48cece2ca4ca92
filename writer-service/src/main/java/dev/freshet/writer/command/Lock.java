// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

/** How a row is locked until the transaction ends; the strongest lock comes first. */
public enum Lock {
    DELETE("for update"),
    WRITE("for no key update"),
    /** Protects a parent from deletion, but lets other transactions add children. */
    PARENT("for key share");

    private final String clause;

    Lock(String clause) {
        this.clause = clause;
    }

    public String clause() {
        return clause;
    }
}
