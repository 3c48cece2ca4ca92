// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which tags changes purge under a mapping. */
public final class TagCoverage {
    private static final List<String> ANY = List.of("");

    private TagCoverage() {}

    /** If rows may always lack their owner. */
    public static Coverage of(Mapping mapping) {
        return of(mapping, entity -> true);
    }

    /** @param ownerless of the entities that have an owner, those whose rows may lack it; only such rows purge what is shared */
    public static Coverage of(Mapping mapping, Predicate<EntityMapping> ownerless) {
        var kinds = new TreeSet<String>();
        var owned = new TreeSet<String>();
        for (EntityMapping entity : mapping.entities().values()) {
            if (!entity.tags()) {
                continue;
            }
            boolean isolated = entity.isolate().isPresent();
            List<EntityMapping> children = mapping.childrenOf(entity);
            boolean shared = !isolated || ownerless.test(entity);
            var own = new ArrayList<String>(List.of(Tag.row(entity.name(), ANY).kind()));
            if (!children.isEmpty()) {
                own.add(Tag.inherited(entity.name(), ANY).kind());
            }
            if (shared) {
                kinds.addAll(own);
            }
            // A list is purged by changes of its parent and of its rows. Where the one has owners and the other none,
            // they do so in two isolates, and no entry is in both.
            children.stream()
                    .filter(child -> child.isolate().isPresent() == isolated)
                    .forEach(child -> {
                        String list =
                                Tag.children(entity.name(), ANY, child.name()).kind();
                        own.add(list);
                        if (shared && (!isolated || ownerless.test(child))) {
                            kinds.add(list);
                        }
                    });
            if (isolated) {
                owned.addAll(own);
            }
        }
        return new Coverage(kinds, owned);
    }
}
