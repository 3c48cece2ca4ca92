// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.entry;

import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Lsn;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The header of an entry, without the value. All it holds of the value is whether it is null. Immutable.
 *
 * @param at WAL position past every commit that the value shows; null if the entry has none
 * @param trace its snapshot as text; null if the entry has none
 * @param snapshot the parsed {@code trace}
 * @param absent whether the value is null, so that the row does not exist
 */
public record CachedEntry(
        String key, EntryName name, List<String> tags, Lsn at, String trace, LoadSnapshot snapshot, boolean absent) {
    public CachedEntry {
        tags = List.copyOf(tags);
    }

    /**
     * Parses the beginning of a value.
     *
     * @return empty if it is not an entry, or too short
     */
    public static Optional<CachedEntry> parse(String key, EntryName name, String head) {
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

    /** Whether the two have the same header, so that nothing that matters was stored in between. */
    public boolean isSameAs(CachedEntry other) {
        return tags.equals(other.tags)
                && Objects.equals(at, other.at)
                && Objects.equals(trace, other.trace)
                && absent == other.absent;
    }

    /** Whether the key names this row, so that the value is that of the row itself. */
    public boolean isOf(String rowTag) {
        return name.row().name().equals(rowTag);
    }
}
