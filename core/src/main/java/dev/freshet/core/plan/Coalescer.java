// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.protocol.Isolate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps one eviction for each key, tag or pattern: the first, unless a later one has a more specific reason. Keeps the
 * order of first occurrence. One thread at a time.
 */
public final class Coalescer implements Consumer<Eviction> {
    /** The most specific reason first. */
    private static final List<Reason> TELLING = List.of(
            Reason.OWN,
            Reason.MOVED_FROM,
            Reason.MOVED_TO,
            Reason.LISTING,
            Reason.INHERITED,
            Reason.RELATED,
            Reason.TRUNCATED);

    private final Map<Target, Eviction> evictions = new LinkedHashMap<>();

    private record Target(Eviction.Kind kind, Optional<Isolate> owner, String name) {}

    @Override
    public void accept(Eviction eviction) {
        var target = new Target(eviction.kind(), eviction.owner(), eviction.name());
        evictions.merge(target, eviction, Coalescer::moreTelling);
    }

    /** The one of two evictions of the same key or tag with the more specific reason; else the first. */
    public static Eviction moreTelling(Eviction first, Eviction later) {
        return isMoreTelling(later.reason(), first.reason()) ? later : first;
    }

    /** Whether a reason is more specific than another. */
    public static boolean isMoreTelling(Reason one, Reason other) {
        return TELLING.indexOf(one) < TELLING.indexOf(other);
    }

    public int size() {
        return evictions.size();
    }

    /** Passes on the evictions that were kept, and removes them. */
    public void drain(Consumer<Eviction> to) {
        evictions.values().forEach(to);
        evictions.clear();
    }
}
