// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.entry;

import dev.freshet.protocol.EntryName;
import java.util.List;
import java.util.Optional;

/** Reads the headers of entries, and as little as possible of their values. */
public final class EntryHeaders {
    private static final int USUAL_BYTES = 1_024;
    private static final int MOST_BYTES = 1 << 20;

    private final CachedEntries cache;

    public EntryHeaders(CachedEntries cache) {
        this.cache = cache;
    }

    /** The first bytes of each key's value; an empty string for a missing key. */
    public List<String> read(List<String> keys) throws InterruptedException {
        return cache.heads(keys, USUAL_BYTES);
    }

    /** Parses the first bytes. Reads more if they are not enough. */
    public Optional<CachedEntry> parse(String key, EntryName name, String head) throws InterruptedException {
        Optional<CachedEntry> entry = CachedEntry.parse(key, name, head);
        // The length is in characters, not bytes: at worst one read too many.
        if (entry.isPresent() || head.length() < USUAL_BYTES / 4) {
            return entry;
        }
        return CachedEntry.parse(
                key, name, cache.heads(List.of(key), MOST_BYTES).get(0));
    }

    public Optional<CachedEntry> read(String key, EntryName name) throws InterruptedException {
        return parse(key, name, read(List.of(key)).get(0));
    }
}
