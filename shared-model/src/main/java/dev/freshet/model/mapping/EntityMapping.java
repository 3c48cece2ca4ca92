// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the mapping says of one table.
 *
 * @param id identifies a row
 * @param isolate the column that holds the row's owner, if rows have one
 * @param parent the reference that leads to the row this one inherits from and is listed under
 * @param inherited columns whose change children see
 * @param listed columns whose change shows in the lists that the row is part of
 * @param ignored columns whose change alone makes nothing stale
 * @param templates of every role, in the order of the file
 * @param tags whether changes purge tags
 * @param places where the keys of the entity stand in the file
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

    /** Every column that is not ignored: those whose change makes the row's own view stale. */
    public ColumnSet watched() {
        return ColumnSet.allBut(ignored.names());
    }

    /**
     * The row's columns that hold its parent's id, in the order of the parent's id.
     *
     * @param parentEntity the entity that {@link #parent} leads to
     */
    public List<String> parentId(EntityMapping parentEntity) {
        Reference reference = parent.orElseThrow();
        var columns = new ArrayList<String>();
        for (String column : parentEntity.id()) {
            columns.add(reference.columns().get(reference.to().indexOf(column)));
        }
        return List.copyOf(columns);
    }

    /** Where a key of the entity, such as {@code id}, stands; the entity itself if it is left out. */
    public Location at(String key) {
        return places.getOrDefault(key, at);
    }

    @Override
    public String toString() {
        return name;
    }
}
