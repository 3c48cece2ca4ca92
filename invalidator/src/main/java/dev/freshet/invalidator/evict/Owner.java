// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.protocol.PositionField;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose a namespace is: one slot of one database.
 *
 * @param system the system identifier of the PostgreSQL cluster
 * @param database null where an older version of Freshet did not say
 */
public record Owner(String system, String database, String slot) {
    public Owner {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(slot, "slot");
    }

    /** Empty if nobody published there. Understands the fields of older versions, too. */
    static Optional<Owner> of(Map<String, String> fields) {
        return fields.containsKey(PositionField.SYSTEM) && fields.containsKey(PositionField.SLOT)
                ? Optional.of(new Owner(
                        fields.get(PositionField.SYSTEM),
                        fields.get(PositionField.DATABASE),
                        fields.get(PositionField.SLOT)))
                : Optional.empty();
    }

    /** Whether both are one, as far as they say. */
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
