// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.model.mapping.TableName;

/** The tables whose events matter, by their names in the stream. */
public interface EventTables {
    /** All tables, each with its own name. */
    EventTables ALL = new EventTables() {
        @Override
        public TableName resolve(String schema, String table) {
            return new TableName(schema.isEmpty() ? TableName.DEFAULT_SCHEMA : schema, table);
        }

        @Override
        public boolean knows(TableName table) {
            return true;
        }
    };

    /**
     * The table that an event belongs to.
     *
     * @param schema empty if the event names none
     */
    TableName resolve(String schema, String table);

    /** Whether events of the table are wanted. */
    boolean knows(TableName table);
}
