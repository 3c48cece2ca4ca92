// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

import java.util.List;

/**
 * Something that was found.
 *
 * @param found what was found, in one line; names the place unless that is in a file. Never a row's value or a secret
 * @param remedy statements or commands that mend it, in their order; empty if there are none
 */
public record Finding(Code code, Place place, String found, List<String> remedy) {
    public Finding {
        remedy = List.copyOf(remedy);
    }

    public static Finding of(Code code, Place place, String found, String... remedy) {
        return new Finding(code, place, found, List.of(remedy));
    }

    public boolean isError() {
        return code.severity() == Severity.ERROR;
    }

    /** What was found, with the code behind it, as all texts have it: {@code there is no table a.b [FR221]}. */
    public static String text(Code code, String found) {
        return found + " [" + code.id() + "]";
    }
}
