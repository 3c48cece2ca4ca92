// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.protocol.EntryName;
import java.util.List;
import java.util.Optional;

/** Reads what entries say of themselves, and as little of their values as can be. */
final class EntryHeaders {
    private static final int USUAL_BYTES = 1_024;
    private static final int MOST_BYTES = 1 << 20;

    private final CachedEntries cache;

    EntryHeaders(CachedEntries cache) {
        this.cache = cache;
    }

    /** The first bytes of what stands under each key; an empty text where nothing does. */
    List<String> read(List<String> keys) throws InterruptedException {
        return cache.heads(keys, USUAL_BYTES);
    }

    /** Understands the first bytes; reads more where they are not enough. */
    Optional<CachedEntry> parse(String key, EntryName name, String head) throws InterruptedException {
        Optional<CachedEntry> entry = CachedEntry.parse(key, name, head);
        // In characters, so that it may ask once in vain.
        if (entry.isPresent() || head.length() < USUAL_BYTES / 4) {
            return entry;
        }
        return CachedEntry.parse(
                key, name, cache.heads(List.of(key), MOST_BYTES).get(0));
    }

    Optional<CachedEntry> read(String key, EntryName name) throws InterruptedException {
        return parse(key, name, read(List.of(key)).get(0));
    }
}
