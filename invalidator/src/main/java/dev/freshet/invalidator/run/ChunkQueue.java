// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.Chunk;
import dev.freshet.invalidator.capture.ChunkSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Between the engine and the pipeline: bounded, so that a slow pipeline holds the stream back and memory stays small. */
final class ChunkQueue implements ChunkSink {
    private static final int CAPACITY = 64;
    private static final int ROWS_A_BATCH = 2_000;

    private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(CAPACITY);

    @Override
    public void accept(Chunk chunk) throws InterruptedException {
        queue.put(chunk);
    }

    /** What is there, up to a batch; waits a while if nothing is. */
    List<Chunk> take(Duration patience) throws InterruptedException {
        Chunk first = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (first == null) {
            return List.of();
        }
        List<Chunk> batch = new ArrayList<>();
        batch.add(first);
        int rows = first.changes().size();
        while (rows < ROWS_A_BATCH && queue.peek() != null) {
            Chunk next = queue.remove();
            batch.add(next);
            rows += next.changes().size();
        }
        return batch;
    }
}
