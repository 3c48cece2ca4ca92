// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Reference;
import dev.freshet.protocol.TagName;
import java.util.List;
import java.util.Optional;

/**
 * A tag by the mapping: of which row, and which change of which entity's rows purges it. As the planner's rules have it,
 * written down a second time on purpose: an audit must not share the error that it looks for.
 *
 * @param kind what the tag stands for
 * @param entity whose row it names
 * @param child whose rows are listed; null unless it is a list
 * @param columns whose change purges it: of the row, or of the listed rows
 */
record WatchedTag(Kind kind, EntityMapping entity, List<String> id, EntityMapping child, ColumnSet columns) {
    enum Kind {
        ROW,
        INHERITED,
        LIST
    }

    /** Empty if no change of any row purges such a tag. */
    static Optional<WatchedTag> of(Mapping mapping, String tag) {
        TagName name = TagName.parse(tag).orElse(null);
        EntityMapping entity = name == null ? null : mapping.entities().get(name.entity());
        if (entity == null || !entity.tags() || entity.id().size() != name.id().size()) {
            return Optional.empty();
        }
        if (name.facet() == null) {
            return Optional.of(new WatchedTag(Kind.ROW, entity, name.id(), null, withOwner(entity, entity.watched())));
        }
        List<EntityMapping> children = mapping.childrenOf(entity);
        if (name.isInherited()) {
            return children.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new WatchedTag(
                            Kind.INHERITED,
                            entity,
                            name.id(),
                            null,
                            withOwner(entity, entity.inherited().and(parentColumns(entity)))));
        }
        return children.stream()
                .filter(child -> child.name().equals(name.facet()))
                .findFirst()
                .map(child -> new WatchedTag(
                        Kind.LIST,
                        entity,
                        name.id(),
                        child,
                        withOwner(child, child.listed().and(parentColumns(child)))));
    }

    private static List<String> parentColumns(EntityMapping entity) {
        return entity.parent().map(Reference::columns).orElse(List.of());
    }

    private static ColumnSet withOwner(EntityMapping entity, ColumnSet columns) {
        return columns.and(entity.isolate().map(List::of).orElse(List.of()));
    }
}
