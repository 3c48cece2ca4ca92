// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.invalidator.cli.evict.Wanted.RefusedException;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import dev.freshet.protocol.TagName;
import java.util.List;
import java.util.Optional;

/** A tag: all entries that were computed from what it names. */
final class TagTargets {
    private final Mapping mapping;

    TagTargets(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * @param name such as {@code task:42} or {@code project:3/inherited}
     * @param owner the isolate; empty for all of them, if rows of the entity have owners
     * @throws RefusedException if the mapping has no such tag
     */
    Wanted of(String name, Optional<String> owner) throws RefusedException {
        TagName tag = TagName.parse(name)
                .orElseThrow(
                        () -> new RefusedException("'" + name + "' is no tag; expected ENTITY:ID, ENTITY:ID/inherited"
                                + " or ENTITY:ID/CHILDREN, percent-encoded as docs/keys-and-tags.md says"));
        EntityMapping entity = mapping.entities().get(tag.entity());
        if (entity == null) {
            throw new RefusedException("there is no entity '" + tag.entity() + "' in " + mapping.file() + "; "
                    + Hint.of(tag.entity(), mapping.entities().keySet()));
        }
        if (!entity.tags()) {
            throw new RefusedException("entity " + entity + " has no tags (" + entity.at()
                    + ": no 'tags: true'); its keys are evicted by key or row");
        }
        if (tag.id().size() != entity.id().size()) {
            throw new RefusedException("the id of '" + name + "' has "
                    + tag.id().size() + " parts; expected " + String.join(",", entity.id()));
        }
        boolean known = tag.facet() == null
                || tag.isInherited()
                || mapping.childrenOf(entity).stream()
                        .anyMatch(child -> child.name().equals(tag.facet()));
        if (!known) {
            throw new RefusedException("entity " + entity + " has no tag '/" + tag.facet() + "'; expected none, "
                    + "/inherited, or the name of an entity whose parent it is");
        }
        return new Wanted(
                List.of(eviction(name, entity, owner)),
                List.of("tag " + name
                        + owner.map(value -> " of owner " + value)
                                .orElse(entity.isolate().isPresent() ? " of every owner" : "")
                        + "    entity " + entity + ", " + entity.at()));
    }

    private static Eviction eviction(String name, EntityMapping entity, Optional<String> owner) {
        if (owner.isPresent()) {
            return new Eviction.OfTag(Isolate.of(owner.get()), new Tag(name), Reason.REQUESTED, null);
        }
        return entity.isolate().isPresent()
                ? new Eviction.OfTags(name, Reason.REQUESTED, null)
                : new Eviction.OfTag(Isolate.SHARED, new Tag(name), Reason.REQUESTED, null);
    }
}
