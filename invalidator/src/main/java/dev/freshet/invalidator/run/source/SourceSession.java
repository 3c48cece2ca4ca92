// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

/**
 * A session on the source database. It holds the lock of the slot once it is taken, for as long as it lives. One
 * thread. Each call throws a {@link dev.freshet.core.source.SourceException} if the database does not answer.
 */
public interface SourceSession
        extends SlotLock, ServerQueries, Preparations, SlotControl, TableQueries, MarkerLog, Streams, AutoCloseable {
    @Override
    void close();
}
