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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Between the engine and the pipeline: bounded by chunks and by bytes, so that a slow pipeline holds the stream back and
 * memory stays small. What is larger than the bound alone passes when there is nothing else. One thread on each side.
 */
final class ChunkQueue implements ChunkSink {
    private static final int CAPACITY = 64;
    private static final int ROWS_A_BATCH = 2_000;

    private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final int capacity;
    private final Semaphore room;

    /** @param capacity most bytes, about */
    ChunkQueue(int capacity) {
        this.capacity = capacity;
        this.room = new Semaphore(capacity);
    }

    @Override
    public void accept(Chunk chunk) throws InterruptedException {
        room.acquire(weight(chunk));
        queue.put(chunk);
    }

    private int weight(Chunk chunk) {
        return (int) Math.min(capacity, chunk.bytes());
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
        int bytes = weight(first);
        while (rows < ROWS_A_BATCH && bytes < capacity && queue.peek() != null) {
            Chunk next = queue.remove();
            batch.add(next);
            rows += next.changes().size();
            bytes += weight(next);
        }
        room.release(bytes);
        return batch;
    }
}
