// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import java.util.Locale;

/**
 * Why a script in Redis refuses to return or to store an entry.
 *
 * @param tags the kind of tags that nobody evicts, if that is the reason; else null
 */
record Refusal(Kind kind, String tags) {
    enum Kind {
        /** The published position does not prove what the read asks for. */
        BEHIND,
        /** Nobody evicts tags of this kind. */
        UNCOVERED,
        /** No invalidator publishes in the namespace. */
        NO_INVALIDATOR,
        /** The invalidator of the namespace works on another database than the reader. */
        FOREIGN
    }

    /** Parses the reply of a script, such as {@code uncovered task/inherited}. */
    static Refusal of(String answer) {
        String[] words = answer.split(" ", 2);
        var kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Refusal(kind, words.length > 1 ? words[1] : null);
    }
}
