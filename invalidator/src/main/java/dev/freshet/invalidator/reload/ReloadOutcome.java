// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.reload;

import dev.freshet.model.meaning.Difference;
import dev.freshet.model.meaning.MappingChange;
import java.util.List;
import java.util.Locale;

/**
 * What came of a request to reload the mapping.
 *
 * @param message for people; contains no row values and no secrets
 * @param differences between the mapping in force and the new one, each in a few words
 * @param purges whether the whole namespace is purged, because the tables differ
 * @param keys globs of the keys that are evicted because of the differences
 * @param tags globs of the tags that are evicted because of them
 */
public record ReloadOutcome(
        Kind kind, String message, List<String> differences, boolean purges, List<String> keys, List<String> tags) {
    /** The kind of outcome. The names are fixed, for metrics. */
    public enum Kind {
        /** The new mapping takes over at the border of a batch. */
        ACCEPTED,
        /** The new mapping means the same; the one in force stays. */
        UNCHANGED,
        /** The file is wrong, the database lacks something, or the cache allows less than it needs; the mapping in force stays. */
        REFUSED,
        /** The database or the cache could not be asked; the mapping in force stays. */
        UNANSWERED,
        /** Another reload is under way; nothing was done. */
        BUSY;

        /** The name in metrics, such as {@code accepted}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ReloadOutcome {
        differences = List.copyOf(differences);
        keys = List.copyOf(keys);
        tags = List.copyOf(tags);
    }

    static ReloadOutcome kept(Kind kind, String message) {
        return new ReloadOutcome(kind, message, List.of(), false, List.of(), List.of());
    }

    /** @param purges whether the tables differ */
    static ReloadOutcome accepted(MappingChange change, boolean purges) {
        List<String> differences =
                change.differences().stream().map(Difference::toString).toList();
        return new ReloadOutcome(
                Kind.ACCEPTED,
                "the mapping is replaced: " + String.join("; ", differences)
                        + (purges
                                ? ". The tables differ, so that the namespace is purged"
                                : ". What differs is evicted before the stream goes on"),
                differences,
                purges,
                List.copyOf(change.keyGlobs()),
                List.copyOf(change.tagGlobs()));
    }
}
