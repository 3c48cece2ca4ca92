// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.Locale;

/**
 * Why a script of Redis gives no entry, or takes none, although it could.
 *
 * @param tags the kind of tags that nobody evicts, if that is why; else null
 */
record Hindrance(Kind kind, String tags) {
    enum Kind {
        /** The published position does not prove what the read asks for. */
        BEHIND,
        /** Nobody evicts tags of that kind. */
        UNCOVERED,
        /** No invalidator publishes in the namespace. */
        NO_INVALIDATOR,
        /** The one that does works on another database than the reader. */
        FOREIGN
    }

    /** Reads what the scripts answer, such as {@code uncovered task/inherited}. */
    static Hindrance of(String answer) {
        String[] words = answer.split(" ", 2);
        var kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Hindrance(kind, words.length > 1 ? words[1] : null);
    }
}
