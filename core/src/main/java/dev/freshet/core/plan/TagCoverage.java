// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Computes which tags are purged by changes under a mapping. */
public final class TagCoverage {
    private static final List<String> ANY = List.of("");

    private TagCoverage() {}

    /** The coverage if rows of any entity may lack their owner. */
    public static Coverage of(Mapping mapping) {
        return of(mapping, entity -> true);
    }

    /** @param ownerless whether rows of an entity that has an owner may lack it; only such rows purge shared tags */
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
            // A list is purged by changes of its parent and of its rows. If only one of the two entities has owners,
            // these changes purge in different isolates, and no entry is in both.
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
