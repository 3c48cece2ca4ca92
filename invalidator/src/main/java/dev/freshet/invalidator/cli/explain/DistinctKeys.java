// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Coalescer;
import dev.freshet.core.plan.Eviction;
import dev.freshet.invalidator.cli.explain.RowExplanation.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists each key once: at the template that has the most specific reason for it, the first of several such. */
final class DistinctKeys {
    private final Map<String, Eviction> kept = new HashMap<>();

    /** Has to be called with the keys of each template, in their order, before any are listed. */
    void add(List<Eviction> ofTemplate) {
        ofTemplate.forEach(eviction -> kept.merge(id(eviction), eviction, Coalescer::moreTelling));
    }

    /** @param shown how many keys to name */
    Keys listed(PlannedKeys.Planned planned, int shown) {
        List<Eviction> here = planned.all().stream()
                .filter(eviction -> kept.get(id(eviction)) == eviction)
                .toList();
        return new Keys(
                here.stream().limit(shown).toList(),
                here.size(),
                planned.counted(),
                planned.all().size() - here.size());
    }

    private static String id(Eviction eviction) {
        return eviction.kind() + eviction.name();
    }
}
