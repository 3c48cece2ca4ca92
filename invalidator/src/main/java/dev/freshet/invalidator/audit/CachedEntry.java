// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Lsn;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an entry says of itself before its value. Immutable; holds nothing of the value but whether it is null.
 *
 * @param at WAL position past every commit that the value shows; null if the entry does not tell
 * @param trace its snapshot as it stands; null if the entry does not tell
 * @param snapshot the same, understood
 * @param absent whether the value is null: the row does not exist
 */
record CachedEntry(
        String key, EntryName name, List<String> tags, Lsn at, String trace, LoadSnapshot snapshot, boolean absent) {
    CachedEntry {
        tags = List.copyOf(tags);
    }

    /**
     * Reads the beginning of what stands under a key.
     *
     * @return empty if this is no entry, or not enough of it
     */
    static Optional<CachedEntry> parse(String key, EntryName name, String head) {
        try {
            return EntryFormat.beginning(head)
                    .map(entry -> new CachedEntry(
                            key,
                            name,
                            entry.tags(),
                            Lsn.find(entry.at()).orElse(null),
                            entry.snapshot(),
                            entry.snapshot() == null ? null : LoadSnapshot.parse(entry.snapshot()),
                            entry.absent()));
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
