// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.pipeline.Lookups;

/** Connections that are used while the stream runs. One thread, except for the inspection. */
public interface Readers extends AutoCloseable {
    SnapshotSource snapshots();

    Lookups lookups();

    /** Has a connection of its own, which closing the readers closes as well. */
    Inspection inspection();

    @Override
    void close();
}
