// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.view;

import java.math.BigInteger;
import java.util.UUID;

/** Prints a part of an id as PostgreSQL prints the column's value. */
final class IdPart {
    private IdPart() {}

    static String text(Object part) {
        if (part instanceof String text) {
            return text;
        }
        if (part instanceof Long
                || part instanceof Integer
                || part instanceof Short
                || part instanceof BigInteger
                || part instanceof UUID) {
            return part.toString();
        }
        throw new IllegalArgumentException("a part of an id is "
                + (part == null ? "null" : "of type " + part.getClass().getName())
                + "; expected text, a whole number or a UUID. Give anything else as the text that PostgreSQL prints");
    }
}
