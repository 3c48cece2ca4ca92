// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.Optional;

/**
 * A problem of a mapping, by itself or against a database.
 *
 * @param message what is wrong and what was expected
 * @param remedy the SQL statement that fixes it, if there is one
 */
public record Problem(Severity severity, Location at, String message, Optional<String> remedy) {
    /** How serious the problem is. */
    public enum Severity {
        /** Evictions would be missed, or nothing would work at all. */
        ERROR,
        /** More is evicted than needed, or programs that build keys have to take care. */
        WARNING
    }

    public static Problem error(Location at, String message) {
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
