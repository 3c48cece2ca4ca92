// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.schema.Schema;
import java.util.List;
import java.util.Optional;

/**
 * The columns that identify a row.
 *
 * @param id empty if there are none
 * @param obstacle why there are none
 * @param needs the statement without which changes of rows cannot be told by these columns
 */
record IdChoice(List<String> id, Optional<String> obstacle, Optional<String> needs) {
    private static final String NO_KEY =
            "has no primary key and no other unique key; add a primary key, if only over a new column";

    /** The first unique key that can be used as it is; else the first that a statement makes usable. */
    static IdChoice of(CatalogTable table, Schema schema) {
        Optional<IdChoice> mended = Optional.empty();
        Optional<String> refusal = Optional.empty();
        // The primary key is the first.
        for (CatalogTable.UniqueIndex index : table.uniqueIndexes()) {
            List<String> id = index.columns();
            Optional<String> refused = Sayable.obstacle(table.name(), id);
            if (refused.isEmpty()) {
                var probe = Probe.of(schema, table.name(), id, Optional.empty(), List.of());
                if (probe.isClean()) {
                    return new IdChoice(id, Optional.empty(), Optional.empty());
                }
                refused = probe.refusal();
                if (refused.isEmpty() && mended.isEmpty()) {
                    mended = Optional.of(new IdChoice(id, Optional.empty(), probe.needs()));
                }
            } else {
                refused = refused.map(why -> "cannot be written in the mapping language yet (" + why + "); rename it");
            }
            if (refusal.isEmpty()) {
                refusal = refused.map(why -> "has no key that identifies its rows here: " + why);
            }
        }
        return mended.orElse(new IdChoice(List.of(), Optional.of(refusal.orElse(NO_KEY)), Optional.empty()));
    }
}
