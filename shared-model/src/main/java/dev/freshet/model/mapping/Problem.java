// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Severity;
import java.util.Optional;

/**
 * A problem of a mapping, by itself or against a database.
 *
 * @param message what is wrong and what was expected
 * @param remedy the SQL statement that fixes it, if there is one
 */
public record Problem(Code code, Location at, String message, Optional<String> remedy) {
    public static Problem of(Code code, Location at, String message) {
        return new Problem(code, at, message, Optional.empty());
    }

    public Severity severity() {
        return code.severity();
    }

    public boolean isError() {
        return severity() == Severity.ERROR;
    }

    public Finding finding() {
        return new Finding(code, at.place(), message, remedy.stream().toList());
    }

    @Override
    public String toString() {
        String kind = isError() ? "" : severity() + ": ";
        return at + ": " + kind + Finding.text(code, message)
                + remedy.map(sql -> "\n    " + sql).orElse("");
    }
}
