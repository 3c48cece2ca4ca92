// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.gate;

import dev.freshet.core.source.SourceException;

/** Asks the primary for a new snapshot. */
@FunctionalInterface
public interface SnapshotSource {
    /**
     * The current snapshot.
     *
     * @throws SourceException if the query fails
     */
    Snapshot current();
}
