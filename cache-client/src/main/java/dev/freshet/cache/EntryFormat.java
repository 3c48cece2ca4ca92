// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts the value out of {@code {"tags":[…],"value":…}} without parsing it. */
final class EntryFormat {
    private static final byte[] BEFORE_VALUE = "],\"value\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private EntryFormat() {}

    /** The value's JSON, or null if the entry says that there is none. Tags hold no {@code ]}. */
    static byte[] valueOf(byte[] entry) {
        int end = entry.length - 1;
        int bracket = 0;
        while (bracket < end && entry[bracket] != ']') {
            bracket++;
        }
        int start = bracket + BEFORE_VALUE.length;
        if (start > end || !Arrays.equals(entry, bracket, start, BEFORE_VALUE, 0, BEFORE_VALUE.length)) {
            throw new IllegalArgumentException("not an entry: " + entry.length + " bytes without a value");
        }
        byte[] value = Arrays.copyOfRange(entry, start, end);
        return Arrays.equals(value, NULL) ? null : value;
    }
}
