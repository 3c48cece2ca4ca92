// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.views;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.cache.view.TagOf;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Tag;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes views and tags by the invalidator's mapping file, and refuses what that mapping would not evict: at the start of
 * the program rather than as values that are never cached. Immutable.
 */
public final class MappedViews {
    private final Mapping mapping;

    private MappedViews(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Reads a mapping.
     *
     * @throws IOException if the file cannot be read
     * @throws MappingException if it is not a valid mapping; the message names the places
     */
    public static MappedViews read(Path file) throws IOException {
        return new MappedViews(MappingParser.parse(file));
    }

    /**
     * Reads a mapping from elsewhere than a file.
     *
     * @param name of where it comes from, for messages
     * @throws MappingException if it is not a valid mapping; the message names the places
     */
    public static MappedViews read(String name, Reader yaml) {
        return new MappedViews(MappingParser.parse(name, yaml));
    }

    /** Whether the mapping has this entity. */
    public boolean has(String entity) {
        return mapping.entities().containsKey(entity);
    }

    /**
     * How many columns the id of an entity has.
     *
     * @throws IllegalArgumentException if the mapping has no such entity
     */
    public int columns(String entity) {
        return mapping.entity(entity).id().size();
    }

    /**
     * Whether the rows of an entity have owners: then keys need one.
     *
     * @throws IllegalArgumentException if the mapping has no such entity
     */
    public boolean isOwned(String entity) {
        return mapping.entity(entity).isolate().isPresent();
    }

    /** The namespace of the mapping, for {@code FreshetCache.builder().namespace(…)}. */
    public String namespace() {
        return mapping.namespace();
    }

    /**
     * A view of rows of an entity, each computed from its own row and what its loader adds.
     *
     * @throws IllegalArgumentException if the mapping has no such entity, or does not evict its tags
     */
    public <T> CacheView<T> row(String entity, String name, Codec<T> codec) {
        return CacheView.of(tagged(entity).name(), name, codec);
    }

    /**
     * A view of the rows of one entity below each row of another.
     *
     * @param child whose rows are listed
     * @param parent the entity that the mapping calls the {@code parent} of the child
     * @throws IllegalArgumentException if the mapping has no such entities, does not evict the tags of the parent, or has
     *     another parent for the child
     */
    public <T> CacheView<T> list(String child, String parent, String name, Codec<T> codec) {
        EntityMapping above = tagged(parent);
        EntityMapping below = mapping.entity(child);
        if (!mapping.childrenOf(above).contains(below)) {
            throw refused("entity '" + child + "' is not listed under '" + parent
                    + "': expected parent: a reference to "
                    + parent + " at " + child + ", which has "
                    + mapping.parentOf(below).map(it -> "parent " + it.name()).orElse("none"));
        }
        if (above.isolate().isPresent() != below.isolate().isPresent()) {
            throw refused("of '" + child + "' and '" + parent + "' one has an isolate and the other has not, so nobody"
                    + " evicts that list: expected both to have one, or neither");
        }
        return CacheView.of(parent, name, codec).listOf(child);
    }

    /**
     * The tags of all ancestors of a row, for a value that shows what the row inherits: to be added by {@code
     * Loaded.and}.
     *
     * @param entity of the row
     * @param ancestors the id of each ancestor, by its entity: one part, or a {@link List} of the parts
     * @throws IllegalArgumentException if an ancestor is missing or is none, or has too few or too many parts
     */
    public List<Tag> inherited(String entity, Map<String, ?> ancestors) {
        var expected =
                mapping.ancestors(tagged(entity)).stream().map(Step::entity).toList();
        if (!ancestors.keySet().equals(Set.copyOf(expected))) {
            throw refused("what '" + entity + "' inherits needs the ids of " + expected + ", not of "
                    + new TreeSet<>(ancestors.keySet()));
        }
        if (expected.contains(entity)) {
            throw refused("'" + entity + "' is its own parent, so a row has any number of ancestors: expected a tag of"
                    + " TagOf.inherited for each");
        }
        var tags = new ArrayList<Tag>();
        for (String ancestor : expected) {
            Object id = ancestors.get(ancestor);
            var parts = id instanceof List<?> list ? list.toArray() : new Object[] {id};
            int columns = tagged(ancestor).id().size();
            if (parts.length != columns) {
                throw refused("the id of '" + ancestor + "' has " + columns + " columns, not " + parts.length);
            }
            tags.add(TagOf.inherited(ancestor, parts));
        }
        return tags;
    }

    private EntityMapping tagged(String name) {
        EntityMapping entity = mapping.entity(name);
        if (!entity.tags()) {
            throw refused(
                    "nobody evicts the tags of '" + name + "': expected tags: true at the entity, or for the file");
        }
        return entity;
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(mapping.file() + ": " + why);
    }
}
