// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

import dev.freshet.core.plan.Eviction;
import dev.freshet.protocol.Isolate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The evictions of a batch, grouped by kind, each key and tag once. The first reason is kept. */
final class EvictionBatch {
    final Map<Isolate, Map<String, Target>> tags = new LinkedHashMap<>();
    final Map<String, Target> keys = new LinkedHashMap<>();
    final Map<String, Target> tagGlobs = new LinkedHashMap<>();
    final Map<String, Target> keyGlobs = new LinkedHashMap<>();

    EvictionBatch(Collection<? extends Eviction> evictions) {
        evictions.forEach(this::add);
    }

    private void add(Eviction eviction) {
        Map<String, Target> targets = switch (eviction.kind()) {
            case TAG -> tags.computeIfAbsent(eviction.owner().orElseThrow(), isolate -> new LinkedHashMap<>());
            case KEY -> keys;
            case TAGS -> tagGlobs;
            case KEYS -> keyGlobs;
        };
        targets.putIfAbsent(eviction.name(), new Target(eviction));
    }

    int size() {
        return tags.values().stream().mapToInt(Map::size).sum() + keys.size() + tagGlobs.size() + keyGlobs.size();
    }
}
