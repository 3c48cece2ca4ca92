// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.invalidator.cli.evict.Wanted.RefusedException;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.Mapping;

/** Finds the entity that a table or a name stands for. */
final class EntityChoice {
    private EntityChoice() {}

    /** @throws RefusedException if the mapping has none */
    static EntityMapping of(Mapping mapping, String name) throws RefusedException {
        return mapping.entityCalled(name)
                .orElseThrow(() -> new RefusedException("'" + name + "' is no table and no entity of " + mapping.file()
                        + "; " + Hint.of(name, mapping.entities().keySet())));
    }
}
