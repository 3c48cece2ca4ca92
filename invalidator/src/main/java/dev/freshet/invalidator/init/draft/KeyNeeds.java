// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.TableName;
import dev.freshet.model.schema.Schema;
import java.util.List;
import java.util.Optional;

/** Whether a template can be used with a table. */
public final class KeyNeeds {
    private KeyNeeds() {}

    /** The template, with a note of the statement that it needs; empty if it cannot be used or written. */
    public static Optional<DraftKey> usable(DraftKey key, DraftEntity entity, Schema schema) {
        return usable(key, key.columns(), entity.table(), entity.id(), schema);
    }

    /** @param columns all columns of the row that must be known before a change */
    static Optional<DraftKey> usable(
            DraftKey key, List<String> columns, TableName table, List<String> id, Schema schema) {
        if (key.parts().get(0).isColumn() || !Sayable.isTemplate(key)) {
            return Optional.empty();
        }
        var probe = Probe.of(schema, table, id, Optional.empty(), columns);
        var alone = Probe.of(schema, table, id, Optional.empty(), List.of());
        return probe.refusal().isPresent()
                ? Optional.empty()
                : Optional.of(
                        probe.needs().isPresent() && alone.needs().isEmpty()
                                ? key.with("needs: " + probe.needs().get())
                                : key);
    }
}
