// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;

/** The content of one line of a change stream. */
public sealed interface StreamEvent {
    /** A row changed, or a table was truncated. */
    record Changed(RowChange change) implements StreamEvent {}

    /** A row that a snapshot found, as a CREATE. */
    record Seen(RowChange row) implements StreamEvent {}

    /** An event of a table that the mapping does not contain. */
    record Unmapped(TableName table) implements StreamEvent {}

    /**
     * An event without a row: a blank line, a tombstone, a heartbeat, a message, or the begin or end of a transaction.
     */
    record Aside() implements StreamEvent {}
}
