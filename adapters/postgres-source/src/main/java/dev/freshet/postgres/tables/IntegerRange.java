// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which numbers a column of an integer type can hold. A reference may be of a smaller type than the id that it refers to:
 * no row then refers to a number beyond its range, while PostgreSQL refuses to look for it.
 */
final class IntegerRange {
    private static final Map<String, Integer> BITS = Map.of("smallint", 15, "integer", 31, "bigint", 63);
    private static final Pattern DIGITS = Pattern.compile("-?\\d+");

    private IntegerRange() {}

    /**
     * Whether the text is a whole number that no column of this type can hold.
     *
     * @param type as {@code format_type} names it; false for one that is no integer type
     * @param text may be null
     */
    static boolean isOutside(String type, String text) {
        Integer bits = BITS.get(type);
        return bits != null
                && text != null
                && text.length() > 4
                && DIGITS.matcher(text).matches()
                && new BigInteger(text).bitLength() > bits;
    }
}
