// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An entry, {@code {"tags":[…],"at":"0/1A2B3C4","snapshot":"790:795:791","value":…}}, split without parsing the value.
 * {@code at} and {@code snapshot} may be missing. Written by {@code fill.lua}.
 *
 * @param head everything up to the end of the tags
 * @param value the value's JSON; null if the entry says that there is none
 * @param at WAL position; no commit that the value shows lies after it. Null if missing
 */
public record EntryFormat(String head, byte[] value, String at) {
    /**
     * The part of an entry before its value.
     *
     * @param at null if missing
     * @param snapshot as {@code pg_snapshot} prints it; null if missing
     * @param absent whether the value is null: the row does not exist
     */
    public record Beginning(List<String> tags, String at, String snapshot, boolean absent) {
        public Beginning {
            tags = List.copyOf(tags);
        }
    }

    private static final Pattern BEGINNING = Pattern.compile("\\{\"tags\":\\[\"([^\\]]*)\"\\],"
            + "(?:\"at\":\"([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})\",)?(?:\"snapshot\":\"([0-9:,]*)\",)?\"value\":(null)?");

    private static final Pattern TRACE =
            Pattern.compile("(?:,\"at\":\"([0-9A-Fa-f]+/[0-9A-Fa-f]+)\")?(?:,\"snapshot\":\"[0-9:,]*\")?");
    private static final Pattern BETWEEN_TAGS = Pattern.compile("\",\"");
    private static final String BEFORE_TAGS = "{\"tags\":[\"";
    private static final byte[] AFTER_TAGS = {']'};
    private static final byte[] BEFORE_VALUE = ",\"value\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /**
     * Splits an entry. Tags contain no {@code ]}, and a position and a snapshot contain no {@code ,"value":}.
     *
     * @throws IllegalArgumentException if it is not an entry
     */
    public static EntryFormat of(byte[] entry) {
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
        return new EntryFormat(head, Arrays.equals(value, NULL) ? null : value, trace.group(1));
    }

    /**
     * Parses the first characters of the value of a key. Empty if they are not the beginning of an entry, or too few.
     */
    public static Optional<Beginning> beginning(String text) {
        var found = BEGINNING.matcher(text);
        return found.lookingAt()
                ? Optional.of(new Beginning(
                        List.of(BETWEEN_TAGS.split(found.group(1), -1)),
                        found.group(2),
                        found.group(3),
                        found.group(4) != null))
                : Optional.empty();
    }

    /** The names of what it was computed from. Split only on request, as most reads need the value only. */
    public List<String> tags() {
        return List.of(BETWEEN_TAGS.split(head.substring(BEFORE_TAGS.length(), head.length() - 2)));
    }

    /** The text between the tags and the value. */
    public static String trace(String at, String snapshot) {
        return "\"at\":\"" + at + "\",\"snapshot\":\"" + snapshot + "\",";
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
