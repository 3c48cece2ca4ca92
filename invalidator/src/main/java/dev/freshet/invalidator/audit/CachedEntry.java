// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.protocol.EntryName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an entry says of itself before its value. Immutable; holds nothing of the value but whether it is null.
 *
 * @param at WAL position past every commit that the value shows; null if the entry does not tell
 * @param trace its snapshot as it stands; null if the entry does not tell
 * @param snapshot the same, understood
 * @param absent whether the value is null: the row does not exist
 */
record CachedEntry(
        String key, EntryName name, List<String> tags, Long at, String trace, LoadSnapshot snapshot, boolean absent) {
    private static final Pattern HEAD = Pattern.compile("\\{\"tags\":\\[(\"[^\\]]*\")\\],"
            + "(?:\"at\":\"([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})\",)?"
            + "(?:\"snapshot\":\"([0-9:,]*)\",)?"
            + "\"value\":(null)?");

    CachedEntry {
        tags = List.copyOf(tags);
    }

    /**
     * Reads the beginning of what stands under a key.
     *
     * @return empty if this is no entry, or not enough of it
     */
    static Optional<CachedEntry> parse(String key, EntryName name, String head) {
        Matcher matcher = HEAD.matcher(head);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String tags = matcher.group(1);
        String trace = matcher.group(4);
        try {
            return Optional.of(new CachedEntry(
                    key,
                    name,
                    List.of(tags.substring(1, tags.length() - 1).split("\",\"", -1)),
                    matcher.group(2) == null
                            ? null
                            : Long.parseLong(matcher.group(2), 16) << 32 | Long.parseLong(matcher.group(3), 16),
                    trace,
                    trace == null ? null : LoadSnapshot.parse(trace),
                    matcher.group(5) != null));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether nothing was stored in between, as far as it matters. */
    boolean isSameAs(CachedEntry other) {
        return tags.equals(other.tags)
                && Objects.equals(at, other.at)
                && Objects.equals(trace, other.trace)
                && absent == other.absent;
    }

    /** Whether the value is of this very row: the key names it. */
    boolean isOf(String rowTag) {
        return name.row().name().equals(rowTag);
    }
}
