// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

/** What happened to a row, or to a whole table. */
public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    TRUNCATE;

    /** Lower case, as printed in output. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
