// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.verdict;

import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Reference;
import dev.freshet.protocol.TagName;
import java.util.List;
import java.util.Optional;

/**
 * What a tag means under the mapping: which row it names, and which changes purge it. The rules are the same as the
 * planner's. They are written a second time on purpose, so that an audit does not share the error that it looks for.
 *
 * @param kind what the tag stands for
 * @param entity the entity of the row that the tag names
 * @param child the entity of the listed rows; null unless the tag is for a list
 * @param columns the columns whose change purges the tag, of the row or of the listed rows
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
