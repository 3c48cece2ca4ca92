// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.file;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Reference;
import java.util.List;
import java.util.Map;

/** Entities without their places in a file, so that they can be compared wherever they stand. */
final class Placeless {
    private static final Location NOWHERE = new Location("", 1, 1);

    private Placeless() {}

    /** @param references the names of the references to keep */
    static EntityMapping of(EntityMapping entity, List<String> references) {
        return new EntityMapping(
                entity.name(),
                entity.table(),
                entity.id(),
                entity.isolate(),
                entity.references().stream()
                        .filter(each -> references.contains(each.name()))
                        .map(Placeless::of)
                        .toList(),
                entity.parent().map(Placeless::of),
                entity.inherited(),
                entity.listed(),
                entity.ignored(),
                entity.templates().stream().map(Placeless::of).toList(),
                entity.tags(),
                Map.of(),
                NOWHERE);
    }

    private static Reference of(Reference reference) {
        return new Reference(reference.name(), reference.entity(), reference.columns(), reference.to(), NOWHERE);
    }

    private static KeyTemplate of(KeyTemplate template) {
        return new KeyTemplate(
                template.text(),
                template.role(),
                template.parts(),
                template.on(),
                template.when(),
                template.from(),
                template.wide(),
                NOWHERE);
    }
}
