// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.gate;

import dev.freshet.core.source.SourceException;

/** Asks the primary for new snapshots, and whether the stream has everything that they show. */
@FunctionalInterface
public interface SnapshotSource {
    /**
     * The current snapshot.
     *
     * @throws SourceException if the query fails
     */
    Snapshot current();

    /**
     * Fails if the stream may lack changes that were committed before this call. A source whose stream cannot lack any
     * need not do anything.
     *
     * @throws SourceException if the query fails
     */
    default void confirmComplete() {}
}
