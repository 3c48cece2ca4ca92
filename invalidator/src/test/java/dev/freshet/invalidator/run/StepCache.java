// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.conformance.MemoryCache;
import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.PurgeProgress;
import dev.freshet.core.plan.Eviction;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A cache in memory whose calls are steps. */
record StepCache(MemoryCache cache, Steps steps) implements Cache {
    @Override
    public void recognise(KeyPatterns known) {
        cache.recognise(known);
    }

    @Override
    public EvictionReport evict(Collection<? extends Eviction> evictions) {
        return steps.step("evict", () -> cache.evict(evictions));
    }

    @Override
    public void purge(Collection<String> keyGlobs, PurgeProgress progress) {
        steps.step("purge", () -> {
            cache.purge(keyGlobs, progress);
            return null;
        });
    }

    @Override
    public void dropFenceSets() {
        cache.dropFenceSets();
    }

    @Override
    public Masters masters() {
        return cache.masters();
    }

    @Override
    public boolean claim(Claim now, Owner own, boolean takeOver) {
        return steps.step("claim", () -> cache.claim(now, own, takeOver));
    }

    @Override
    public List<Optional<String>> mappings(Masters of) {
        return cache.mappings(of);
    }

    @Override
    public boolean publish(Position position, Masters on, Masters heldAt) {
        return steps.step("publish", () -> cache.publish(position, on, heldAt));
    }

    @Override
    public void withdraw() {
        steps.step("withdraw", () -> {
            cache.withdraw();
            return null;
        });
    }

    @Override
    public Losses beginReading(String process, String place, int enough, boolean again) {
        return steps.step("begin reading", () -> cache.beginReading(process, place, enough, again));
    }

    @Override
    public void endReading(String process) {
        steps.step("end reading", () -> {
            cache.endReading(process);
            return null;
        });
    }

    @Override
    public EvictorStatus status() {
        return cache.status();
    }
}
