// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import dev.freshet.model.key.Coverage;
import dev.freshet.model.key.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A mapping file that was read and found right.
 *
 * @param file its name, for messages
 * @param namespace prefix of Freshet's own keys in Redis
 * @param entities by name, in the order of the file
 */
public record Mapping(String file, String namespace, Map<String, EntityMapping> entities) {
    private static final List<String> ANY = List.of("");

    public Mapping {
        entities = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entities));
    }

    /**
     * The entity of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public EntityMapping entity(String name) {
        EntityMapping entity = entities.get(name);
        if (entity == null) {
            throw new IllegalArgumentException("no entity '" + name + "'; there are " + entities.keySet());
        }
        return entity;
    }

    /** The entity that a table holds, if the mapping knows the table. */
    public Optional<EntityMapping> entityOf(TableName table) {
        return entities.values().stream().filter(e -> e.table().equals(table)).findFirst();
    }

    /** The entity that this one's parent reference leads to. */
    public Optional<EntityMapping> parentOf(EntityMapping entity) {
        return entity.parent().map(reference -> entity(reference.entity()));
    }

    /** The entities whose parent this one is. */
    public List<EntityMapping> childrenOf(EntityMapping entity) {
        return entities.values().stream()
                .filter(e ->
                        e.parent().filter(p -> p.entity().equals(entity.name())).isPresent())
                .toList();
    }

    /** The entity and everything below it in the hierarchy, nearest first. */
    public List<EntityMapping> subtreeOf(EntityMapping entity) {
        var subtree = new ArrayList<EntityMapping>(List.of(entity));
        for (int i = 0; i < subtree.size(); i++) {
            subtree.addAll(childrenOf(subtree.get(i)));
        }
        return List.copyOf(subtree);
    }

    /** The tags that changes purge under this mapping, if rows may always lack their owner. */
    public Coverage coverage() {
        return coverage(entity -> true);
    }

    /**
     * The tags that changes purge under this mapping.
     *
     * @param ownerless of the entities that have an owner, those whose rows may lack it; only such rows purge what is shared
     */
    public Coverage coverage(Predicate<EntityMapping> ownerless) {
        var kinds = new TreeSet<String>();
        var owned = new TreeSet<String>();
        for (EntityMapping entity : entities.values()) {
            if (!entity.tags()) {
                continue;
            }
            boolean isolated = entity.isolate().isPresent();
            List<EntityMapping> children = childrenOf(entity);
            boolean shared = !isolated || ownerless.test(entity);
            var own = new ArrayList<String>(List.of(Tag.row(entity.name(), ANY).kind()));
            if (!children.isEmpty()) {
                own.add(Tag.inherited(entity.name(), ANY).kind());
            }
            if (shared) {
                kinds.addAll(own);
            }
            // A list is purged by changes of its parent and of its rows. Where the one has owners and the other has
            // none,
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

    /** The tables that the mapping speaks of. */
    public List<TableName> tables() {
        return entities.values().stream().map(EntityMapping::table).toList();
    }
}
