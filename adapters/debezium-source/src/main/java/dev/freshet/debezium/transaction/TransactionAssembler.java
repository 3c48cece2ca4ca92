// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.transaction;

import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.ChunkSink;
import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.RowChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the stream of begin, rows and end into chunks. Strict: anything out of order fails, because a transaction that
 * is taken for complete too early would be acknowledged with rows missing. Not thread-safe.
 */
public final class TransactionAssembler {
    private static final long NONE = Long.MIN_VALUE;
    private static final int MOST_MARKERS = 10;

    private final int chunkSize;
    private final int chunkBytes;
    private final ChunkSink sink;
    private final List<String> markers = new ArrayList<>();
    private List<RowChange> changes = new ArrayList<>();
    private long open = NONE;
    private long bytes;

    /**
     * Creates an assembler outside any transaction.
     *
     * @param chunkSize most row changes of a chunk
     * @param chunkBytes roughly how many bytes fill a chunk
     */
    public TransactionAssembler(int chunkSize, int chunkBytes, ChunkSink sink) {
        this.chunkSize = chunkSize;
        this.chunkBytes = chunkBytes;
        this.sink = sink;
    }

    /** A transaction begins. */
    public void begin(long txId) {
        if (open != NONE) {
            throw new CaptureException("transaction " + txId + " begins inside of transaction " + open);
        }
        open = txId;
    }

    /** A row of the open transaction. */
    public void row(RowChange change) throws InterruptedException {
        inside(change.origin().txId(), "a row");
        changes.add(change);
        bytes += change.bytes();
        if (changes.size() >= chunkSize || bytes >= chunkBytes) {
            hand(null);
        }
    }

    /**
     * Adds a marker. Our own transactions have one. Others may write as many messages as they like, so only the first
     * few are kept.
     */
    public void marker(long txId, String content) {
        inside(txId, "a message");
        if (markers.size() < MOST_MARKERS) {
            markers.add(content);
        }
    }

    /** The open transaction ends. Its last chunk is delivered. */
    public void end(long txId, Commit commit) throws InterruptedException {
        inside(txId, "an end");
        hand(new Commit(commit.lsn(), commit.at(), List.copyOf(markers)));
        markers.clear();
        open = NONE;
    }

    /** Whether it is inside a transaction. */
    public boolean isOpen() {
        return open != NONE;
    }

    private void inside(long txId, String what) {
        if (open != txId) {
            throw new CaptureException(what + " of transaction " + txId + " came "
                    + (open == NONE ? "outside of a transaction" : "inside of transaction " + open));
        }
    }

    private void hand(Commit commit) throws InterruptedException {
        List<RowChange> full = changes;
        changes = new ArrayList<>();
        bytes = 0;
        sink.accept(new Chunk(open, List.copyOf(full), commit));
    }
}
