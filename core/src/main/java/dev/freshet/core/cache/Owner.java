// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import dev.freshet.protocol.PositionField;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The owner of a namespace: one slot of one database.
 *
 * @param system the system identifier of the PostgreSQL cluster
 * @param database null if an older version of Freshet did not record it
 */
public record Owner(String system, String database, String slot) {
    public Owner {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(slot, "slot");
    }

    /** Empty if nobody has published there. Also reads the fields of older versions. */
    static Optional<Owner> of(Map<String, String> fields) {
        return fields.containsKey(PositionField.SYSTEM) && fields.containsKey(PositionField.SLOT)
                ? Optional.of(new Owner(
                        fields.get(PositionField.SYSTEM),
                        fields.get(PositionField.DATABASE),
                        fields.get(PositionField.SLOT)))
                : Optional.empty();
    }

    /** Whether both are the same owner. A missing database matches any. */
    public boolean isSame(Owner other) {
        return system.equals(other.system)
                && slot.equals(other.slot)
                && (database == null || other.database == null || database.equals(other.database));
    }

    @Override
    public String toString() {
        return "slot " + slot + (database == null ? "" : " of database " + database) + " (system identifier " + system
                + ")";
    }
}
