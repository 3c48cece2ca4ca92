// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.text;

import dev.freshet.debezium.value.Placeholders;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;

/** A column's value in the stream. */
public final class ShippedValue {
    private ShippedValue() {}

    /**
     * The text of a value, a {@linkplain Placeholders placeholder} if it was not shipped, or null.
     *
     * @param value as Debezium decoded it
     * @param type oid of its type; for a domain, of the base type
     * @param nullable whether the column may be null
     */
    public static String of(Object value, int type, boolean nullable) {
        if (value == null) {
            // In an old image that contains only the replica identity, pgoutput sends the other columns as null. For a
            // NOT NULL column this cannot be the value.
            return nullable ? null : Placeholders.ABSENT;
        }
        if (value instanceof String text) {
            return PostgresText.of(text, type);
        }
        // Another value that is not text was decoded by Debezium, and may print differently. It counts as not shipped.
        return UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(value)
                ? Placeholders.UNCHANGED
                : Placeholders.ABSENT;
    }
}
