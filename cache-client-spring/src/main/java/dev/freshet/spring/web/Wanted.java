// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.web;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.WalPosition;
import dev.freshet.spring.ConsistencyText;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Function;

/**
 * What a request asks for.
 *
 * @param level null: as configured
 * @param position not to be missed; null for none
 */
record Wanted(Consistency level, WalPosition position) {
    /** @throws IllegalArgumentException if a header is malformed, given twice, or contradicts the other */
    static Wanted of(Function<String, Enumeration<String>> headers) {
        String text = one(headers, Headers.CONSISTENCY);
        String at = one(headers, Headers.POSITION);
        var level = text == null ? null : ConsistencyText.parse(text);
        var position = at == null ? null : WalPosition.of(at.strip());
        if (level instanceof Consistency.Session session) {
            if (position != null) {
                throw new IllegalArgumentException(Headers.CONSISTENCY + " and " + Headers.POSITION
                        + " both give a position; expected one of them");
            }
            return new Wanted(null, session.position());
        }
        if (position != null && level != null && level != Consistency.strong()) {
            throw new IllegalArgumentException(Headers.POSITION + " is given beside level '" + level
                    + "', which would ignore it; expected it alone");
        }
        return new Wanted(level, position);
    }

    private static String one(Function<String, Enumeration<String>> headers, String name) {
        var found = headers.apply(name);
        List<String> given = found == null ? List.of() : Collections.list(found);
        if (given.size() > 1) {
            throw new IllegalArgumentException(name + " is given " + given.size() + " times; expected once");
        }
        return given.isEmpty() ? null : given.get(0);
    }
}
