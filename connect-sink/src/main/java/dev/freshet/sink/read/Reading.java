// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import java.util.Optional;

/** What a record means. */
public sealed interface Reading {
    /** A row changed, or a table was truncated. */
    record Changed(RowChange change) implements Reading {}

    /**
     * A row that a snapshot of the source connector found. A snapshot is taken where changes may have been missed.
     *
     * @param snapshot the same for all rows of one snapshot, another for another one
     */
    record Snapshotted(String snapshot) implements Reading {}

    /**
     * A record that cannot be read: whatever it may have made stale is.
     *
     * @param table the mapped table that it is about; empty if that is not known
     * @param why for people, without values of rows
     */
    record Unreadable(Optional<TableName> table, String why) implements Reading {}

    /** Nothing that makes a key stale: a tombstone, a heartbeat, the border of a transaction, a table that is not mapped. */
    record Nothing() implements Reading {}
}
