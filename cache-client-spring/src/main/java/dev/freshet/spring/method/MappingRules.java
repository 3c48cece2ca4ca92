// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.views.MappedViews;

/** Makes views as the invalidator's mapping allows, or without one as they are asked for. Immutable. */
public final class MappingRules {
    /** There is no mapping. */
    public static final MappingRules NONE = new MappingRules(null);

    private static final int ANY = -1;

    private final MappedViews mapping;

    private MappingRules(MappedViews mapping) {
        this.mapping = mapping;
    }

    public static MappingRules of(MappedViews mapping) {
        return new MappingRules(mapping);
    }

    boolean has(String entity) {
        return mapping != null && mapping.has(entity);
    }

    /** How many columns the id of an entity has; negative if nobody knows. */
    int columns(String entity) {
        return mapping == null ? ANY : mapping.columns(entity);
    }

    /** Why the entity's rows cannot be cached with, or without, an owner; null if they can. */
    String ownerProblem(String entity, boolean owned) {
        if (mapping == null || mapping.isOwned(entity) == owned) {
            return null;
        }
        return owned
                ? "entity " + entity + " has no isolate in the mapping, so its rows have no owner"
                : "entity " + entity + " has an isolate in the mapping, so its rows have an owner";
    }

    /** @throws IllegalArgumentException if the mapping does not evict its tags */
    CacheView<Object> view(Definition definition, String name, Codec<Object> codec) {
        boolean lists = !definition.listOf().isEmpty();
        if (mapping == null) {
            var view = CacheView.of(definition.entity(), name, codec);
            return lists ? view.listOf(definition.listOf()) : view;
        }
        return lists
                ? mapping.list(definition.listOf(), definition.entity(), name, codec)
                : mapping.row(definition.entity(), name, codec);
    }
}
