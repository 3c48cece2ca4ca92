// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.invalidator.plan.Eviction;
import dev.freshet.protocol.Isolate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The evictions of a batch by what they are done with, each key and tag once. The first reason given stands. */
final class EvictionBatch {
    final Map<Isolate, Map<String, Target>> tags = new LinkedHashMap<>();
    final Map<String, Target> keys = new LinkedHashMap<>();
    final Map<String, Target> tagGlobs = new LinkedHashMap<>();
    final Map<String, Target> keyGlobs = new LinkedHashMap<>();

    EvictionBatch(Collection<? extends Eviction> evictions) {
        evictions.forEach(this::add);
    }

    private void add(Eviction eviction) {
        if (eviction instanceof Eviction.OfTag of) {
            add(
                    tags.computeIfAbsent(of.isolate(), isolate -> new LinkedHashMap<>()),
                    of.tag().name(),
                    eviction);
        } else if (eviction instanceof Eviction.OfKey of) {
            add(keys, of.key(), eviction);
        } else if (eviction instanceof Eviction.OfTags of) {
            add(tagGlobs, of.glob(), eviction);
        } else if (eviction instanceof Eviction.OfKeys of) {
            add(keyGlobs, of.glob(), eviction);
        } else {
            throw new IllegalArgumentException("an eviction of unknown kind: " + eviction.getClass());
        }
    }

    private static void add(Map<String, Target> targets, String name, Eviction eviction) {
        targets.computeIfAbsent(name, n -> new Target(eviction, n));
    }

    int size() {
        return tags.values().stream().mapToInt(Map::size).sum() + keys.size() + tagGlobs.size() + keyGlobs.size();
    }
}
