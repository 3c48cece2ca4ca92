// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.schema.Schema;
import java.util.List;
import java.util.Optional;

/** Whether a template can be used with a table. */
public final class KeyNeeds {
    private KeyNeeds() {}

    /** The template, with a note of the statement that it needs; empty if it cannot be used or written. */
    public static Optional<DraftKey> usable(DraftKey key, DraftEntity entity, Schema schema) {
        if (key.parts().get(0).isColumn() || !Sayable.isTemplate(key)) {
            return Optional.empty();
        }
        var probe = Probe.of(schema, entity.table(), entity.id(), Optional.empty(), key.columns());
        var alone = Probe.of(schema, entity.table(), entity.id(), Optional.empty(), List.of());
        return probe.refusal().isPresent()
                ? Optional.empty()
                : Optional.of(
                        probe.needs().isPresent() && alone.needs().isEmpty()
                                ? key.after("needs: " + probe.needs().get())
                                : key);
    }
}
