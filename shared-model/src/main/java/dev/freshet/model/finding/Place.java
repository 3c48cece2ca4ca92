// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

import java.util.Locale;

/**
 * Where something was found.
 *
 * @param name of the file, table, slot and so on
 * @param line in a file, from 1; 0 elsewhere
 * @param column in a file, from 1; 0 elsewhere
 */
public record Place(Kind kind, String name, int line, int column) {
    /** What the name is a name of. Part of the promise to scripts, by its lower-case name. */
    public enum Kind {
        FILE,
        TABLE,
        ROLE,
        PUBLICATION,
        SLOT,
        /** A setting of a server. */
        SETTING,
        SERVER,
        NAMESPACE,
        /** A pattern of keys in Redis. */
        KEYS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Place of(Kind kind, String name) {
        return new Place(kind, name, 0, 0);
    }

    public static Place inFile(String file, int line, int column) {
        return new Place(Kind.FILE, file, line, column);
    }

    /** {@code file:line:column}, as compilers print it, or {@code slot freshet}. */
    @Override
    public String toString() {
        return kind == Kind.FILE ? name + ":" + line + ":" + column : kind + " " + name;
    }
}
