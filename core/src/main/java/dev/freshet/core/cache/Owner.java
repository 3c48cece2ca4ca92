// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import dev.freshet.protocol.PositionField;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The owner of a namespace: one slot of one database, or one connector that stands in its place.
 *
 * @param system the system identifier of the PostgreSQL cluster
 * @param database null if an older version of Freshet did not record it
 */
public record Owner(String system, String database, String slot) {
    private static final String CONNECTOR = "connect/";

    public Owner {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(slot, "slot");
    }

    /** A connector of Kafka Connect by its name: changes come to it from topics, and not from a slot of its own. */
    public static Owner connector(String system, String database, String name) {
        return new Owner(system, database, CONNECTOR + name);
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
        String who = slot.startsWith(CONNECTOR) ? "connector " + slot.substring(CONNECTOR.length()) : "slot " + slot;
        return who + (database == null ? "" : " of database " + database) + " (system identifier " + system + ")";
    }
}
