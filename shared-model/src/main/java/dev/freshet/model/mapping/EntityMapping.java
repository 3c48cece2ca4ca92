// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mapping of one table.
 *
 * @param id the columns that identify a row
 * @param isolate the column that holds the row's owner, if rows have one
 * @param parent the reference to the row that this row inherits from and is listed under
 * @param inherited the columns whose changes affect children
 * @param listed the columns whose changes affect the lists that contain the row
 * @param ignored the columns whose changes alone make nothing stale
 * @param templates the templates of every role, in the order of the file
 * @param tags whether changes purge tags
 * @param places where each key of the entity stands in the file
 */
public record EntityMapping(
        String name,
        TableName table,
        List<String> id,
        Optional<String> isolate,
        List<Reference> references,
        Optional<Reference> parent,
        ColumnSet inherited,
        ColumnSet listed,
        ColumnSet ignored,
        List<KeyTemplate> templates,
        boolean tags,
        Map<String, Location> places,
        Location at) {

    public EntityMapping {
        id = List.copyOf(id);
        references = List.copyOf(references);
        templates = List.copyOf(templates);
        places = Map.copyOf(places);
    }

    public Optional<Reference> reference(String reference) {
        return references.stream().filter(r -> r.name().equals(reference)).findFirst();
    }

    /** The same entity with other templates, and with or without tags. */
    EntityMapping with(List<KeyTemplate> otherTemplates, boolean otherTags) {
        return new EntityMapping(
                name,
                table,
                id,
                isolate,
                references,
                parent,
                inherited,
                listed,
                ignored,
                otherTemplates,
                otherTags,
                places,
                at);
    }

    /** Every column that is not ignored. Their changes make the row's own view stale. */
    public ColumnSet watched() {
        return ColumnSet.allBut(ignored.names());
    }

    /**
     * The columns of this row that hold its parent's id, in the order of the parent's id.
     *
     * @param parentEntity the entity that {@link #parent} refers to
     */
    public List<String> parentId(EntityMapping parentEntity) {
        Reference reference = parent.orElseThrow();
        var columns = new ArrayList<String>();
        for (String column : parentEntity.id()) {
            columns.add(reference.columns().get(reference.to().indexOf(column)));
        }
        return List.copyOf(columns);
    }

    /**
     * Where a key of the entity, such as {@code id}, stands in the file. If the key is absent, the place of the entity.
     */
    public Location at(String key) {
        return places.getOrDefault(key, at);
    }

    @Override
    public String toString() {
        return name;
    }
}
