// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.postgres;

import dev.freshet.core.pipeline.ChunkQueue;
import dev.freshet.core.stream.Chunk;
import dev.freshet.debezium.Capture;
import dev.freshet.debezium.CaptureSettings;
import dev.freshet.invalidator.run.source.ChangeFeed;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A run of Debezium's engine, and the queue that it fills. */
record DebeziumFeed(Capture capture, ChunkQueue queue) implements ChangeFeed {
    static DebeziumFeed open(CaptureSettings settings) {
        var queue = new ChunkQueue(settings.queuedBytes());
        return new DebeziumFeed(Capture.open(settings, queue), queue);
    }

    @Override
    public List<Chunk> take(Duration patience) throws InterruptedException {
        return queue.take(patience);
    }

    @Override
    public void acknowledge(Lsn lsn) {
        capture.acknowledge(lsn);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return capture.ended();
    }

    @Override
    public boolean hasStarted() {
        return capture.hasStarted();
    }

    @Override
    public void close() {
        capture.close();
    }
}
