// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.stream.ChangeStream;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.ChunkSink;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** A stream of what a {@link MemoryDatabase} commits to some tables, for tests without a server. Thread-safe. */
public final class MemoryStream implements ChangeStream, StreamRun {
    private final MemoryDatabase database;
    private final Set<TableName> tables;
    private final int chunkSize;
    private final ChunkSink sink;
    private final TreeSet<Lsn> delivered = new TreeSet<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "memory-stream");
    private volatile boolean closed;

    private MemoryStream(MemoryDatabase database, Set<TableName> tables, int chunkSize, ChunkSink sink) {
        this.database = database;
        this.tables = Set.copyOf(tables);
        this.chunkSize = chunkSize;
        this.sink = sink;
    }

    /** Opens the stream, after what was acknowledged. The sink is called from a thread of its own. */
    public static MemoryStream open(MemoryDatabase database, Set<TableName> tables, int chunkSize, ChunkSink sink) {
        var stream = new MemoryStream(database, tables, chunkSize, sink);
        stream.thread.setDaemon(true);
        stream.thread.start();
        return stream;
    }

    private void run() {
        try {
            Lsn at = database.acknowledged();
            while (true) {
                Chunk transaction = database.next(at);
                deliver(transaction);
                at = transaction.commit().lsn();
            }
        } catch (InterruptedException e) {
            if (closed) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(new IllegalStateException("the connection broke", e));
            }
        } catch (RuntimeException e) {
            ended.completeExceptionally(new IllegalStateException("the change stream broke", e));
        }
    }

    private void deliver(Chunk transaction) throws InterruptedException {
        List<RowChange> changes = transaction.changes().stream()
                .filter(change -> tables.contains(change.table()))
                .toList();
        int from = 0;
        while (changes.size() - from > chunkSize) {
            sink.accept(new Chunk(transaction.txId(), changes.subList(from, from + chunkSize), null));
            from += chunkSize;
        }
        synchronized (delivered) {
            delivered.add(transaction.commit().lsn());
        }
        sink.accept(new Chunk(transaction.txId(), changes.subList(from, changes.size()), transaction.commit()));
    }

    @Override
    public void acknowledge(Lsn lsn) {
        synchronized (delivered) {
            Lsn last = delivered.floor(lsn);
            if (last != null) {
                database.acknowledge(last);
            }
        }
    }

    /** Ends the stream as if its connection were lost. */
    void breakConnection() {
        thread.interrupt();
    }

    @Override
    public ChangeStream stream() {
        return this;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
