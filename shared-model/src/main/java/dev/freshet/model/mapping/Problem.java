// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.Optional;

/**
 * Something wrong with a mapping, by itself or against a database.
 *
 * @param message what is wrong and what was expected
 * @param remedy the SQL statement that mends it, where there is one
 */
public record Problem(Severity severity, Location at, String message, Optional<String> remedy) {
    /** How bad it is. */
    public enum Severity {
        /** Evictions would be missed, or nothing works at all. */
        ERROR,
        /** More than needed would be evicted, or whoever names keys has to take care. */
        WARNING
    }

    static Problem error(Location at, String message) {
        return new Problem(Severity.ERROR, at, message, Optional.empty());
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        String kind = isError() ? "" : "warning: ";
        return at + ": " + kind + message + remedy.map(sql -> "\n    " + sql).orElse("");
    }
}
