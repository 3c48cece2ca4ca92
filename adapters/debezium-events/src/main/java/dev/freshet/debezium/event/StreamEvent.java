// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;

/** What a record of a change stream means. */
public sealed interface StreamEvent {
    /** A row changed, or a table was truncated. */
    record Changed(RowChange change) implements StreamEvent {}

    /** A row that a snapshot found, as a CREATE. */
    record Seen(RowChange row) implements StreamEvent {}

    /** An event of a table that is not wanted. */
    record Unmapped(TableName table) implements StreamEvent {}

    /** A short logical message, which belongs to a transaction. */
    record Message(long txId, String content) implements StreamEvent {}

    /** A transaction begins. */
    record Begin(long txId) implements StreamEvent {}

    /**
     * A transaction is complete.
     *
     * @param commit without markers; null if the record does not say where the transaction ends, as in a file
     */
    record End(long txId, Commit commit) implements StreamEvent {}

    /**
     * A record that means nothing by itself: a tombstone, a heartbeat, another message, or the first half of an update
     * that changed the key.
     */
    record Aside() implements StreamEvent {}
}
