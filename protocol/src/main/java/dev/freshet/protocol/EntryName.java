// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.util.Optional;

/**
 * The parts of an entry's key; the inverse of {@link CacheKeys#entry}. Immutable.
 *
 * @param row the tag of the row that the key names, such as {@code task:42}; the row need not exist
 * @param view such as {@code resolved}
 */
public record EntryName(Isolate isolate, Tag row, String view) {
    /**
     * Parses a key. Empty if it is not an entry's, but one of the namespace's own sets, say, or a key of another
     * namespace.
     */
    public static Optional<EntryName> parse(CacheKeys keys, String key) {
        String start = keys.namespace() + ":{";
        int end = key.indexOf("}:");
        if (!key.startsWith(start) || end < start.length()) {
            return Optional.empty();
        }
        String rest = key.substring(end + 2);
        int colon = rest.indexOf(':');
        int second = rest.indexOf(':', colon + 1);
        if (colon < 1 || second < 0 || rest.startsWith("~")) {
            return Optional.empty();
        }
        var row = new Tag(rest.substring(0, second));
        return TagName.parse(row.name())
                .flatMap(name -> isolate(key.substring(start.length(), end)))
                .map(isolate -> new EntryName(isolate, row, rest.substring(second + 1)));
    }

    private static Optional<Isolate> isolate(String text) {
        return switch (text) {
            case "~" -> Optional.of(Isolate.SHARED);
            case "%00" -> Optional.of(Isolate.of(""));
            default -> Segments.unescape(text).map(Isolate::of);
        };
    }
}
