// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.protocol.CacheKeys;
import java.time.Duration;
import java.util.List;

/**
 * Entries in the memory of this process, each read from Redis. An entry is no longer used once Redis reports a change
 * to it or to the set of one of its tags. The sets count because nothing would purge the entry after one of them is
 * lost. The entry is then read from Redis again. Thread-safe.
 */
final class NearEntries {
    private static final int OVERHEAD_BYTES = 200;
    private static final int BYTES_A_PLACE = 1024;

    private final InvalidationClock notices;
    private final CacheKeys keys;
    private final Cache<String, Kept> entries;

    /** @param moment of {@link InvalidationClock}, taken before Redis was asked */
    private record Kept(NearValue value, long moment, int[] places) {}

    NearEntries(CacheKeys keys, InvalidationClock notices, long bytes, Duration ttl) {
        this.keys = keys;
        this.notices = notices;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher(NearEntries::weight)
                .expireAfterWrite(ttl)
                // In the caller's thread: a few map operations need no thread pool.
                .executor(Runnable::run)
                .build();
    }

    /** A clock that fits a cache of that size: keys seldom share a place. */
    static InvalidationClock notices(long bytes) {
        return new InvalidationClock((int) Math.max(1 << 14, Math.min(1 << 22, bytes / BYTES_A_PLACE * 16)));
    }

    private static int weight(String name, Kept kept) {
        return (int) Math.min(
                Integer.MAX_VALUE,
                OVERHEAD_BYTES
                        + 2L * name.length()
                        + 4L * kept.places.length
                        + (kept.value.json() == null ? 0 : kept.value.json().length));
    }

    /** The kept value, if no change to it was reported since; else null. */
    NearValue get(String name) {
        return get(name, 0);
    }

    /** @param floor values that were requested before that moment are not used */
    NearValue get(String name, long floor) {
        var kept = entries.getIfPresent(name);
        if (kept == null) {
            return null;
        }
        if (kept.moment < floor || !notices.quietSince(kept.moment, kept.places)) {
            entries.asMap().remove(name, kept);
            return null;
        }
        return kept.value;
    }

    /**
     * Keeps an entry.
     *
     * @param moment of {@link InvalidationClock}, taken before Redis was asked for it
     */
    void put(EntryAddress entry, NearValue value, List<String> tags, long moment) {
        var places = new int[tags.size() + 1];
        places[0] = notices.place(entry.name());
        String prefix = keys.tagSetPrefix(entry.isolate());
        for (int i = 0; i < tags.size(); i++) {
            places[i + 1] = notices.place(prefix + tags.get(i));
        }
        if (notices.quietSince(moment, places)) {
            entries.put(entry.name(), new Kept(value, moment, places));
        }
    }

    void remove(String name) {
        entries.invalidate(name);
    }

    void clear() {
        entries.invalidateAll();
    }

    long bytes() {
        return entries.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }
}
