// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.invalidator.plan.RowChange;
import dev.freshet.model.mapping.TableName;

/** What one line of a change stream says. */
sealed interface StreamEvent {
    /** A row changed, or a table was truncated. */
    record Changed(RowChange change) implements StreamEvent {}

    /** A snapshot found a row, as a CREATE. */
    record Seen(RowChange row) implements StreamEvent {}

    /** Something of a table that the mapping does not know. */
    record Unmapped(TableName table) implements StreamEvent {}

    /** A tombstone, a heartbeat, a message, or where a transaction begins or ends. */
    record Aside() implements StreamEvent {}
}
