// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.ChunkSink;
import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.RowChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps what a stream delivers, and holds it to the contract of {@link Chunk}. */
final class ReceivedChanges implements ChunkSink {
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final List<Chunk> chunks = new ArrayList<>();
    private boolean overlapped;

    /** A transaction that is complete. */
    record Transaction(List<Chunk> chunks) {
        Commit commit() {
            return chunks.get(chunks.size() - 1).commit();
        }

        List<RowChange> changes() {
            return chunks.stream().flatMap(chunk -> chunk.changes().stream()).toList();
        }

        private boolean saysNothing() {
            return changes().isEmpty() && commit().markers().isEmpty();
        }
    }

    @Override
    public void accept(Chunk chunk) {
        boolean alone = oneAtATime.tryLock();
        synchronized (this) {
            overlapped |= !alone;
            chunks.add(chunk);
            notifyAll();
        }
        if (alone) {
            oneAtATime.unlock();
        }
    }

    synchronized int size() {
        return chunks.size();
    }

    /** Waits for that many transactions that say something, and returns them. */
    synchronized List<Transaction> transactions(int count, StreamRun run, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Transaction> complete = complete();
        while (complete.size() < count && System.nanoTime() < deadline) {
            assertThat(run.ended()).isNotCompletedExceptionally();
            TimeUnit.MILLISECONDS.timedWait(this, LOOK_AGAIN_MILLIS);
            complete = complete();
        }
        assertThat(complete).as("transactions that came in time").hasSizeGreaterThanOrEqualTo(count);
        assertThat(overlapped).as("two calls of the sink at a time").isFalse();
        return complete;
    }

    private List<Transaction> complete() {
        List<Transaction> complete = new ArrayList<>();
        List<Chunk> open = new ArrayList<>();
        for (Chunk chunk : chunks) {
            open.add(chunk);
            if (chunk.last()) {
                var transaction = new Transaction(List.copyOf(open));
                check(transaction);
                complete.add(transaction);
                open.clear();
            }
        }
        complete.removeIf(Transaction::saysNothing);
        return complete;
    }

    private static void check(Transaction transaction) {
        Commit commit = transaction.commit();
        long id = transaction.chunks().get(0).txId();
        assertThat(transaction.chunks())
                .as("chunks of one transaction")
                .allSatisfy(chunk -> assertThat(chunk.txId()).isEqualTo(id));
        assertThat(transaction.changes()).allSatisfy(change -> {
            assertThat(change.origin().txId()).isEqualTo(id);
            assertThat(change.origin().committedAt()).isEqualTo(commit.at());
            assertThat(change.origin().lsn()).isLessThan(commit.lsn());
        });
    }
}
