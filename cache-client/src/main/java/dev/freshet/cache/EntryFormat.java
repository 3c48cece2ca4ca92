// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An entry, {@code {"tags":[…],"at":"0/1A2B3C4","snapshot":"790:795:791","value":…}}, taken apart without parsing the
 * value. {@code at} and {@code snapshot} may be missing.
 *
 * @param head all up to the end of the tags
 * @param value the value's JSON, or null if the entry says that there is none
 * @param position no commit that the value shows lies after it; null if the entry does not say
 */
record EntryFormat(String head, byte[] value, WalPosition position) {
    private static final Pattern TRACE =
            Pattern.compile("(?:,\"at\":\"([0-9A-Fa-f]+/[0-9A-Fa-f]+)\")?(?:,\"snapshot\":\"[0-9:,]*\")?");
    private static final Pattern BETWEEN_TAGS = Pattern.compile("\",\"");
    private static final String BEFORE_TAGS = "{\"tags\":[\"";
    private static final byte[] AFTER_TAGS = {']'};
    private static final byte[] BEFORE_VALUE = ",\"value\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /**
     * Takes an entry apart. Tags hold no {@code ]}, a position and a snapshot no letter of {@code value}.
     *
     * @throws IllegalArgumentException if it is not an entry
     */
    static EntryFormat of(byte[] entry) {
        int end = entry.length - 1;
        int afterTags = indexOf(entry, 0, AFTER_TAGS) + 1;
        int comma = indexOf(entry, afterTags, BEFORE_VALUE);
        var trace =
                TRACE.matcher(new String(entry, afterTags, Math.max(0, comma - afterTags), StandardCharsets.US_ASCII));
        var head = new String(entry, 0, afterTags, StandardCharsets.US_ASCII);
        if (!head.startsWith(BEFORE_TAGS)
                || head.length() < BEFORE_TAGS.length() + 2
                || comma < 0
                || comma + BEFORE_VALUE.length > end
                || !trace.matches()) {
            throw new IllegalArgumentException("not an entry: " + entry.length + " bytes without a value");
        }
        byte[] value = Arrays.copyOfRange(entry, comma + BEFORE_VALUE.length, end);
        return new EntryFormat(
                head,
                Arrays.equals(value, NULL) ? null : value,
                WalPosition.find(trace.group(1)).orElse(null));
    }

    /** Names of what it was computed from. Taken apart only when asked for: most reads need the value alone. */
    List<String> tags() {
        return List.of(BETWEEN_TAGS.split(head.substring(BEFORE_TAGS.length(), head.length() - 2)));
    }

    /** What {@code fill.lua} writes between the tags and the value. */
    static String trace(Loaded loaded) {
        return loaded.position() == null
                ? ""
                : "\"at\":\"" + loaded.position().lsn() + "\",\"snapshot\":\"" + loaded.snapshot() + "\",";
    }

    private static int indexOf(byte[] text, int from, byte[] wanted) {
        for (int i = from; i + wanted.length <= text.length; i++) {
            if (Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
