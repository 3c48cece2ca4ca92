// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.world;

import dev.freshet.bench.history.Row;
import java.util.Objects;

/** Something that is read: one view of one row. */
public record View(Kind kind, Row row) {
    /** Which view. */
    public enum Kind {
        /** The row alone. */
        OWN,
        /** With what it inherits. */
        RESOLVED,
        /** The rows below it. */
        LIST
    }

    /** How many rows a list shows at most: more than there are. */
    public static final int PAGE = 50;

    public View {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.LIST && row.level().child().isEmpty()) {
            throw new IllegalArgumentException("nothing is below " + row);
        }
    }

    /** The last part of its key, as the reader-service spells it. */
    public String name() {
        return switch (kind) {
            case OWN -> "own";
            case RESOLVED -> "resolved";
            case LIST -> row.level().child().orElseThrow().label() + "." + PAGE + ".0";
        };
    }

    /** Its key but for the namespace: {@code task:1:resolved}. */
    public String key() {
        return row + ":" + name();
    }

    @Override
    public String toString() {
        return key();
    }
}
