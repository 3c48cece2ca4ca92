// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.world;

import dev.freshet.lab.race.history.Row;
import java.util.Objects;

/** One view of one row; the unit of reading. */
public record View(Kind kind, Row row) {
    /** The kinds of views. */
    public enum Kind {
        /** The row alone. */
        OWN,
        /** The row with what it inherits. */
        RESOLVED,
        /** The rows below it. */
        LIST
    }

    /** Maximum number of rows in a list; larger than any list of a run. */
    public static final int PAGE = 50;

    public View {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.LIST && row.level().child().isEmpty()) {
            throw new IllegalArgumentException("nothing is below " + row);
        }
    }

    /** The last part of the key, as the reader-service spells it. */
    public String name() {
        return switch (kind) {
            case OWN -> "own";
            case RESOLVED -> "resolved";
            case LIST -> row.level().child().orElseThrow().label() + "." + PAGE + ".0";
        };
    }

    /** The key without its namespace, such as {@code task:1:resolved}. */
    public String key() {
        return row + ":" + name();
    }

    @Override
    public String toString() {
        return key();
    }
}
