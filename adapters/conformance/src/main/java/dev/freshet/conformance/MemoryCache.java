// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Evicted;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.PurgeProgress;
import dev.freshet.core.plan.Eviction;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cache of one process over a {@link MemoryStore}, for tests without a server. Holds plain keys; tags evict nothing. */
public final class MemoryCache implements Cache {
    private final MemoryStore store;
    private volatile KeyPatterns patterns = KeyPatterns.NONE;
    private volatile Claim claim = Claim.NONE;

    /** @param store shared with the caches of other processes */
    public MemoryCache(MemoryStore store) {
        this.store = store;
    }

    @Override
    public void recognise(KeyPatterns known) {
        patterns = known;
    }

    @Override
    public EvictionReport evict(Collection<? extends Eviction> evictions) {
        Map<String, Eviction> distinct = new LinkedHashMap<>();
        evictions.forEach(eviction ->
                distinct.putIfAbsent(eviction.kind() + " " + eviction.owner() + " " + eviction.name(), eviction));
        List<Evicted> details = new ArrayList<>();
        long gone = 0;
        long missing = 0;
        for (Eviction eviction : distinct.values()) {
            List<String> removed = switch (eviction.kind()) {
                case KEY -> store.remove(eviction.name()::equals);
                case KEYS -> removeAll(eviction.name());
                case TAG, TAGS -> List.of();
            };
            int absent = eviction.kind() == Eviction.Kind.KEY && removed.isEmpty() ? 1 : 0;
            gone += removed.size();
            missing += absent;
            if (!removed.isEmpty() || absent > 0) {
                details.add(new Evicted(eviction, removed.size(), absent, removed));
            }
        }
        return new EvictionReport(distinct.size(), 0, gone, missing, details, Duration.ZERO);
    }

    @Override
    public void purge(Collection<String> keyGlobs, PurgeProgress progress) {
        long gone = 0;
        for (String glob : keyGlobs) {
            gone += removeAll(glob).size();
            progress.purged(0, gone);
        }
    }

    private List<String> removeAll(String glob) {
        KeyPatterns known = patterns;
        return store.remove(
                key -> Globs.matches(glob, key) && known.matches(glob, key.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void dropFenceSets() {
        // Without tags there are no fences.
    }

    @Override
    public Masters masters() {
        return new Masters(List.of(store.master()));
    }

    @Override
    public boolean claim(Claim now, Owner own, boolean takeOver) {
        boolean claimed = store.claim(now, own, takeOver);
        claim = now;
        return claimed;
    }

    @Override
    public List<Optional<String>> mappings(Masters of) {
        return of.all().stream().map(master -> store.mappingText()).toList();
    }

    @Override
    public boolean publish(Position position, Masters on, Masters heldAt) {
        return store.publish(position, claim, on);
    }

    @Override
    public void withdraw() {
        store.withdraw(claim);
    }

    @Override
    public Losses beginReading(String process, String place, int enough, boolean again) {
        return store.beginReading(claim, process, place, enough, again);
    }

    @Override
    public void endReading(String process) {
        store.endReading(process);
    }

    @Override
    public EvictorStatus status() {
        return new EvictorStatus(false, null, Instant.EPOCH);
    }
}
