// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.ChunkSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The queue between the engine and the pipeline. It is bounded by chunks and by bytes, so that a slow pipeline applies
 * back-pressure to the stream and memory stays bounded. A chunk that is larger than the bound passes when the queue is
 * empty. One thread on each side.
 */
public final class ChunkQueue implements ChunkSink {
    /** Many: after a backlog of small transactions, what waits is one batch, with one query and one publication. */
    private static final int CAPACITY = 4_096;

    /** Roughly what a chunk takes beside its rows, in bytes. */
    private static final int CHUNK = 100;

    private static final int ROWS_A_BATCH = 2_000;

    private final BlockingQueue<Queued> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final int capacity;
    private final Semaphore room;

    /** @param weight what it takes of the capacity, in bytes */
    private record Queued(Chunk chunk, int weight) {}

    /** @param capacity the maximum number of bytes, approximately */
    public ChunkQueue(int capacity) {
        this.capacity = capacity;
        this.room = new Semaphore(capacity);
    }

    @Override
    public void accept(Chunk chunk) throws InterruptedException {
        int weight = weight(chunk);
        room.acquire(weight);
        queue.put(new Queued(chunk, weight));
    }

    private int weight(Chunk chunk) {
        return (int) Math.min(capacity, CHUNK + chunk.bytes());
    }

    /**
     * Takes what is queued, up to a batch. Waits up to {@code patience} if the queue is empty; returns an empty list if
     * it still is.
     */
    public List<Chunk> take(Duration patience) throws InterruptedException {
        Queued first = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (first == null) {
            return List.of();
        }
        List<Chunk> batch = new ArrayList<>();
        batch.add(first.chunk());
        int rows = first.chunk().changes().size();
        int bytes = first.weight();
        while (rows < ROWS_A_BATCH && bytes < capacity && queue.peek() != null) {
            Queued next = queue.remove();
            batch.add(next.chunk());
            rows += next.chunk().changes().size();
            bytes += next.weight();
        }
        room.release(bytes);
        return batch;
    }
}
