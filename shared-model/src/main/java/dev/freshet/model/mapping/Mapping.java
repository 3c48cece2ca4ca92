// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A mapping file that was read and is valid.
 *
 * @param file its name, for messages
 * @param namespace prefix of Freshet's own keys in Redis
 * @param entities by name, in the order of the file
 */
public record Mapping(String file, String namespace, Map<String, EntityMapping> entities) {
    public Mapping {
        entities = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entities));
    }

    /**
     * The entity with that name.
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

    /** The entity that is mapped to a table; empty if the mapping does not contain the table. */
    public Optional<EntityMapping> entityOf(TableName table) {
        return entities.values().stream().filter(e -> e.table().equals(table)).findFirst();
    }

    /** The entity that a person means by the name of its table, or by its own; empty if there is none. */
    public Optional<EntityMapping> entityCalled(String tableOrEntity) {
        return TableName.read(tableOrEntity)
                .flatMap(this::entityOf)
                .or(() -> Optional.ofNullable(entities.get(tableOrEntity)));
    }

    /** The entity that this one's parent reference points at. */
    public Optional<EntityMapping> parentOf(EntityMapping entity) {
        return entity.parent().map(reference -> entity(reference.entity()));
    }

    /**
     * The steps that lead from an entity to its ancestors, one after the other. If an entity is its own parent, the last
     * step repeats.
     */
    public List<Step> ancestors(EntityMapping entity) {
        var steps = new ArrayList<Step>();
        EntityMapping here = entity;
        while (here.parent().isPresent()) {
            Step step = Step.along(here.parent().get());
            if (step.entity().equals(here.name())) {
                steps.add(step.taken(Step.Times.SOME));
                break;
            }
            steps.add(step);
            here = entity(step.entity());
        }
        return steps;
    }

    /** The entities whose parent is this one; possibly itself. */
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
            childrenOf(subtree.get(i)).stream()
                    .filter(child -> !subtree.contains(child))
                    .forEach(subtree::add);
        }
        return List.copyOf(subtree);
    }

    /** The same tables and relations, with one key template and no tags. */
    public Mapping only(EntityMapping owner, KeyTemplate template) {
        return reduced(entity -> entity.name().equals(owner.name()) ? List.of(template) : List.of(), entity -> false);
    }

    /** The same tables, relations and tags, without key templates. */
    public Mapping withoutKeys() {
        return reduced(entity -> List.of(), EntityMapping::tags);
    }

    private Mapping reduced(Function<EntityMapping, List<KeyTemplate>> templates, Predicate<EntityMapping> tags) {
        var rest = new LinkedHashMap<String, EntityMapping>();
        entities.forEach((name, entity) -> rest.put(name, entity.with(templates.apply(entity), tags.test(entity))));
        return new Mapping(file, namespace, rest);
    }

    /** The tables of the mapping. */
    public List<TableName> tables() {
        return entities.values().stream().map(EntityMapping::table).toList();
    }
}
