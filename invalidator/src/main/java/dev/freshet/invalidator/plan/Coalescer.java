// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps one eviction for each key, tag or pattern: the first, unless a later one has a more telling reason. In the order
 * in which they first came. One thread at a time.
 */
public final class Coalescer implements Consumer<Eviction> {
    /** The most telling first. */
    private static final List<Reason> TELLING = List.of(
            Reason.OWN,
            Reason.MOVED_FROM,
            Reason.MOVED_TO,
            Reason.LISTING,
            Reason.INHERITED,
            Reason.RELATED,
            Reason.TRUNCATED);

    private final Map<Object, Eviction> evictions = new LinkedHashMap<>();

    private record TagOf(Isolate isolate, Tag tag) {}

    private record Keys(String glob) {}

    private record Tags(String glob) {}

    @Override
    public void accept(Eviction eviction) {
        evictions.merge(target(eviction), eviction, Coalescer::moreTelling);
    }

    private static Object target(Eviction eviction) {
        if (eviction instanceof Eviction.OfKey key) {
            return key.key();
        }
        if (eviction instanceof Eviction.OfTag tag) {
            return new TagOf(tag.isolate(), tag.tag());
        }
        return eviction instanceof Eviction.OfKeys keys
                ? new Keys(keys.glob())
                : new Tags(((Eviction.OfTags) eviction).glob());
    }

    private static Eviction moreTelling(Eviction first, Eviction later) {
        return TELLING.indexOf(later.reason()) < TELLING.indexOf(first.reason()) ? later : first;
    }

    public int size() {
        return evictions.size();
    }

    /** Hands over what was kept, and forgets it. */
    public void drain(Consumer<Eviction> to) {
        evictions.values().forEach(to);
        evictions.clear();
    }
}
