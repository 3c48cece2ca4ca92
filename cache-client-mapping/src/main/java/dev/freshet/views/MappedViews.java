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
 * Makes views and tags from the invalidator's mapping file, and refuses those that the invalidator would not evict. So
 * a mistake fails at the start of the program, instead of causing values that are never cached. Immutable.
 */
public final class MappedViews {
    private final Mapping mapping;

    private MappedViews(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Reads a mapping from a YAML file.
     *
     * @throws IOException if the file cannot be read
     * @throws MappingException if it is not a valid mapping; the message names the places in the file
     */
    public static MappedViews read(Path file) throws IOException {
        return new MappedViews(MappingParser.parse(file));
    }

    /**
     * Reads a mapping from another source than a file.
     *
     * @param name of that source, for messages
     * @param yaml the text of the mapping
     * @throws MappingException if it is not a valid mapping; the message names the places in the text
     */
    public static MappedViews read(String name, Reader yaml) {
        return new MappedViews(MappingParser.parse(name, yaml));
    }

    /** Whether the mapping has an entity of this name. */
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
     * Whether the rows of an entity have owners. If so, their keys need one, see {@code EntryKey.ownedBy}.
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
     * A view of the rows of an entity. Each value is computed from its own row and from what its loader adds.
     *
     * @param name of the view, as for {@link CacheView#of}
     * @throws IllegalArgumentException if the mapping has no such entity or its tags are not evicted, or if the name is
     *     not of the form that {@link CacheView#of} expects
     */
    public <T> CacheView<T> row(String entity, String name, Codec<T> codec) {
        return CacheView.of(tagged(entity).name(), name, codec);
    }

    /**
     * A view of the list of one entity's rows below each row of another.
     *
     * @param child the entity whose rows are listed
     * @param parent the entity that the mapping names as the {@code parent} of the child
     * @param name of the view, as for {@link CacheView#of}
     * @throws IllegalArgumentException if the mapping lacks one of the entities, the tags of the parent are not
     *     evicted, the child has another parent or none, or only one of the two has an {@code isolate}
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
     * The tags of all ancestors of a row, for a value that shows what the row inherits. Add them with {@code
     * Loaded.and}.
     *
     * @param entity of the row
     * @param ancestors the id of each ancestor by the name of its entity: a single part, or a {@link List} of parts
     * @return one tag for each ancestor
     * @throws IllegalArgumentException if an ancestor is missing, an entity is not an ancestor, or an id has too few or
     *     too many parts. Also if the entity is its own parent, because a row then has any number of ancestors
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
