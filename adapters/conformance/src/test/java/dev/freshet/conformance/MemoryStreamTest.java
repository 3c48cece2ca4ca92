// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.stream.ChunkSink;
import dev.freshet.protocol.Lsn;
import java.util.Set;

class MemoryStreamTest extends ChangeStreamConformance {
    private static final int CHUNK_SIZE = 10;

    private final MemoryDatabase database = new MemoryDatabase();
    private MemoryStream opened;

    MemoryStreamTest() {
        database.create(ITEM, 1, "id", "name");
        database.create(OTHER, 1, "id", "name");
    }

    @Override
    protected SourceTransaction begin() {
        return database.begin();
    }

    @Override
    protected StreamRun open(ChunkSink sink) {
        opened = MemoryStream.open(database, Set.of(ITEM), CHUNK_SIZE, sink);
        return opened;
    }

    @Override
    protected int chunkSize() {
        return CHUNK_SIZE;
    }

    @Override
    protected void awaitAcknowledged(Lsn commit) {
        // At once.
    }

    @Override
    protected void addColumn(String name) {
        database.addColumn(ITEM, name);
    }

    @Override
    protected void breakConnection() {
        opened.breakConnection();
    }
}
